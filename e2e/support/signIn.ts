import type { Page } from '@playwright/test';
import { askApi } from './askApi.ts';
import { owner } from './test.ts';

interface Answer {
  readonly me: { readonly teams: readonly { readonly team: { readonly projects: readonly { id: string; sample: boolean }[] } }[] };
}

/** Signs the owner in, who exists after the first journey, and opens the sample project, whatever others earlier journeys made. @returns its path */
export async function signIn(page: Page): Promise<string> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/projects\/[^/]+$/);
  const query = '{ me { teams { team { projects { id sample } } } } }';
  const { me } = await askApi<Answer>(page.request, query);
  const sample = me.teams.flatMap(({ team }) => team.projects).find(({ sample }) => sample);
  const path = `/projects/${sample?.id}`;
  if (new URL(page.url()).pathname !== path) await page.goto(path);
  return path;
}
