import { ruleBreaks } from '../support/ruleBreaks.ts';
import { sendSignIn, signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

// After the first journey: the owner comes back another day.

test('a page asked for without signing in leads to it after the sign-in, and signing out closes it again', async ({ page }) => {
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await sendSignIn(page);
  await expect(page).toHaveURL(/\/account$/);
  await page.context().clearCookies();
  // The page may find out by itself and leave for the sign-in while it is asked for again.
  await page.goto('/account').catch(() => undefined);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('an opened image takes its keys again after the help was closed, and a sequence leads on from it', async ({ page }) => {
  const base = await signIn(page);
  await page.goto(`${base}/evaluations`);
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByRole('option').nth(1).click();
  const title = page.getByRole('dialog').getByRole('heading', { level: 2 });
  const first = await title.innerText();
  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keyboard' })).toBeVisible();
  // The list is seen a moment before it listens; the image under it stays either way.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Keyboard' })).toBeHidden({ timeout: 2000 });
  }).toPass();
  await page.keyboard.press('ArrowRight');
  await expect(title).not.toHaveText(first);
  // The image's address is written when it has rested; a page that comes later than that must come all the same.
  let heldBack = 0;
  await page.route('**/workers?*', async (route) => {
    heldBack++;
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(/\/workers$/);
  expect(heldBack).toBeGreaterThan(0);
});

test('images that no folder tells of are asked about and land where they were said to belong', async ({ page }) => {
  const base = await signIn(page);
  await page.goto(`${base}/datasets?new=1`);
  await page.getByLabel('Name').fill('loose');
  await page.getByRole('button', { name: /Create/ }).click();
  await page.waitForURL(/\/datasets\/dst_/);
  const picture = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [64, 32];
    canvas.getContext('2d').fillRect(0, 0, 20, 20);
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
  await page
    .getByLabel('Files or a zip to upload')
    .first()
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(picture, 'base64') });
  await page.getByRole('combobox', { name: 'What images are' }).click();
  await page.getByRole('option', { name: /^Defective/ }).click();
  await page.getByLabel('Defect of images').fill('scratch');
  await page.getByRole('button', { name: 'Upload 1 file' }).click();
  await expect(page.getByText('1 accepted')).toBeVisible();
  await expect(page.getByRole('listitem').getByRole('button', { name: 'a.png, scratch' })).toBeVisible();
});

test('an address that leads nowhere keeps the frame, and a dataset of another project is none of this one', async ({ page }) => {
  const base = await signIn(page);
  await page.goto(`${base}/datasets`);
  const dataset = await page.getByRole('link', { name: 'brick', exact: true }).getAttribute('href');
  await page.getByRole('button', { name: /^Project / }).click();
  await page.getByRole('menuitem', { name: 'New project' }).click();
  await page.getByLabel('Name').fill('Another');
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Another' })).toBeVisible();
  const other = new URL(page.url()).pathname;
  await page.goto(`${other}/datasets/${dataset?.split('/').at(-1)}`);
  await expect(page.getByText('No such dataset')).toBeVisible();
  // The browser itself reports the 404 as an error; that is not one of the page.
  const answer = await page.request.get(`${other}/nothing/here`);
  expect(answer.status()).toBe(404);
  const page404 = await answer.text();
  expect(page404).toContain('There is no such page');
  expect(page404).toContain('aria-label="Breadcrumb"');
});

test('no page breaks a WCAG 2 A or AA rule that axe can check, light or dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const base = await signIn(page);
  for (const path of [
    '',
    '/datasets',
    '/recipes',
    '/recipes/form',
    '/recipes/differences',
    '/experiments',
    '/experiments/new',
    '/runs',
    '/runs/new',
    '/evaluations',
    '/activity',
    '/live',
    '/comments',
    '/workers',
  ]) {
    await page.goto(`${base}${path}`, { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
      expect(await ruleBreaks(page), `${path || '/'} in ${colorScheme}`).toEqual([]);
    }
  }
});
