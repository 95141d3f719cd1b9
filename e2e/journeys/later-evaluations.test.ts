import type { Page } from '@playwright/test';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

const shown = async (page: Page): Promise<number> =>
  Number((await page.getByText(/^[\d,]+ (evaluations?|entry|entries)$/).innerText()).replace(/\D/g, ''));

/** After the first journey, which trained and evaluated a model. */
test('a checkpoint is measured under another protocol, and another browser sees it come, in the list and on the dashboards', async ({
  page,
  browser,
}) => {
  const base = await signIn(page);
  const colleague = await browser.newContext({ storageState: await page.context().storageState(), baseURL: new URL(page.url()).origin });
  const other = await colleague.newPage();
  await other.goto(`${base}/evaluations`);
  await expect(other.getByText(/^[\d,]+ (evaluations?|entry|entries)$/)).toBeVisible();
  const before = await shown(other);

  await test.step('the dialog names what cannot be used at its field, then starts it', async () => {
    await page.goto(`${base}/evaluations`);
    await page.getByRole('button', { name: 'New evaluation' }).click();
    const dialog = page.getByRole('dialog', { name: 'New evaluation' });
    await dialog.getByLabel(/^SSIM window size/).fill('4');
    await dialog.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('Must be odd');
    await dialog.getByLabel(/^SSIM window size/).fill('7');
    await dialog.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await page.waitForURL(/\/evaluations\/evl_/);
  });

  await test.step('the other browser sees it without a reload, and finds it by its protocol', async () => {
    await expect.poll(() => shown(other), { timeout: 30_000 }).toBe(before + 1);
    await other.getByRole('combobox', { name: 'Protocol' }).click();
    await other.getByRole('option', { name: /7 px/ }).first().click();
    await expect.poll(() => shown(other)).toBe(1);
    await expect(other).toHaveURL(/protocol=[0-9a-f]{64}/);
  });

  await test.step('when it is done its maps, its defect types and its protocol are there', async () => {
    await expect(page.getByRole('listbox', { name: 'Images of the evaluation' })).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText(/SSIM Gaussian σ 1\.5, 7 px/)).toBeVisible();
    const byDefect = page.getByRole('table', { name: /^Metrics of each defect type/ });
    await expect(byDefect.getByRole('rowheader')).not.toHaveCount(0);
    await expect(byDefect.getByRole('row').nth(1)).toContainText(/\d %.*(0\.\d{3}|1\.000)/);
  });

  await test.step('overview, team home and activity tell of it', async () => {
    await other.goto(base);
    await expect(other.getByRole('heading', { name: 'Best now' })).toBeVisible();
    await expect(other.getByText(/Least seen defects/).first()).toBeVisible();
    await other.getByRole('link', { name: 'All activity' }).click();
    await other.getByRole('radio', { name: 'Evaluations' }).click();
    await expect(other).toHaveURL(/kind=evaluation/);
    await expect.poll(() => shown(other)).toBe(before + 1);
    await other.getByRole('button', { name: /^Team / }).click();
    await other.getByRole('menuitem', { name: /^Home of/ }).click();
    await expect(other.getByText(/Least seen defects/).first()).toBeVisible();
  });

  await test.step('deleted, it is gone from the other browser too', async () => {
    await other.goto(`${base}/evaluations`);
    await expect.poll(() => shown(other)).toBe(before + 1);
    await page.getByRole('button', { name: 'More about this evaluation' }).click();
    await page.getByRole('menuitem', { name: /Delete/ }).click();
    await page.getByRole('button', { name: 'Delete evaluation' }).click();
    await page.waitForURL(/\/evaluations$/);
    await expect.poll(() => shown(other), { timeout: 30_000 }).toBe(before);
  });
  await colleague.close();
});
