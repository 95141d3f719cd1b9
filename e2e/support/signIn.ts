import type { Page } from '@playwright/test';
import { owner } from './test.ts';

/** Signs the owner in, who exists after the first journey. @returns the path of the first project */
export async function signIn(page: Page): Promise<string> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/projects\/[^/]+$/);
  return new URL(page.url()).pathname;
}
