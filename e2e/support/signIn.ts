import type { Page } from '@playwright/test';
import { sampleProject } from './sampleProject.ts';
import { owner } from './test.ts';

interface Person {
  readonly email: string;
  readonly password: string;
}

/** Fills in the sign-in that the page shows, and sends it. */
export async function sendSignIn(page: Page, { email, password }: Person = owner): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs somebody in by password, and waits for the project that this leads to. */
export async function signInAs(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await sendSignIn(page, person);
  await page.waitForURL(/\/projects\/[^/]+$/);
}

/** Signs the owner in, who exists after the first journey, and opens the sample project, whatever others earlier journeys made. @returns its path */
export async function signIn(page: Page): Promise<string> {
  await signInAs(page, owner);
  const path = `/projects/${await sampleProject(page.request)}`;
  if (new URL(page.url()).pathname !== path) await page.goto(path);
  return path;
}
