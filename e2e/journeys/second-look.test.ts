import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, owner, test } from '../support/test.ts';

/** After the first journey: the owner comes back another day. */
async function signIn(page: Page): Promise<string> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/projects\/[^/]+$/);
  return new URL(page.url()).pathname;
}

test('a page asked for without signing in leads to it after the sign-in, and signing out closes it again', async ({ page }) => {
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/account$/);
  await page.context().clearCookies();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe('accessibility', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no page breaks a WCAG 2 A or AA rule that axe can check (${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const base = await signIn(page);
      for (const path of ['', '/datasets', '/recipes', '/runs', '/runs/new', '/evaluations', '/workers']) {
        await page.goto(`${base}${path}`, { waitUntil: 'networkidle' });
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
        expect(found, `${path || '/'} in ${colorScheme}`).toEqual([]);
      }
    });
  }
});
