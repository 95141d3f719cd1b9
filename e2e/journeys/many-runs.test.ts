import type { Page } from '@playwright/test';
import { ensureOwner } from '../support/ensureOwner.ts';
import { quietSample } from '../support/sampleProject.ts';
import { signIn } from '../support/signIn.ts';
import { expect, platform, test } from '../support/test.ts';

const tiles = (page: Page, state: string) => page.locator(`[data-run][data-state="${state}"]`);

/** A recipe of the catalogue, made so small that a run takes a second or two. */
async function addSmallRecipe(page: Page, recipe: string, name: string): Promise<void> {
  const forms = page.getByRole('group', { name: /^Variant from/ });
  const before = await forms.count();
  await page.getByRole('button', { name: 'From a recipe' }).click();
  await page
    .getByRole('menuitem', { name: new RegExp(`^${recipe}`) })
    .first()
    .click();
  await expect(forms).toHaveCount(before + 1);
  const form = forms.last();
  await form.getByLabel('Epochs').fill('2');
  await form.getByLabel(/Training patches/).fill('32');
  await form.getByLabel(/^Name of the variant/).fill(name);
}

/** Uploads striped images, each another, under one answer to what they are. */
async function upload(page: Page, place: string, images: number): Promise<void> {
  const files = [];
  for (let n = 0; n < images; n++) {
    const picture = await page.evaluate<string>(`(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [192, 192];
      const draw = canvas.getContext('2d');
      draw.fillStyle = '#bbb';
      draw.fillRect(0, 0, 192, 192);
      draw.fillStyle = '#333';
      for (let y = 0; y < 192; y += 16) draw.fillRect(0, y + ${n}, 192, ${place.length % 7} + 3);
      return canvas.toDataURL('image/png').split(',')[1];
    })()`);
    files.push({ name: `${place.split(',')[0]} ${place.length} ${n}.png`, mimeType: 'image/png', buffer: Buffer.from(picture, 'base64') });
  }
  await page.getByLabel('Files or a zip to upload').first().setInputFiles(files);
  await page.getByRole('combobox', { name: 'What images are' }).click();
  await page.getByRole('option', { name: new RegExp(`^${place}`) }).click();
  if (place.startsWith('Defective')) await page.getByLabel('Defect of images').fill('gap');
  await page.getByRole('button', { name: /^Upload \d/ }).click();
  await expect(page.getByText(`${images} accepted`)).toBeVisible({ timeout: 90_000 });
  await page.reload();
}

test('two variants from two seeds are queued at once, one run is cancelled, and whoever looks sees the others end', async ({
  page,
  browser,
}) => {
  await test.step('the owner comes in', async () => {
    await ensureOwner(page.request);
    await signIn(page);
    await quietSample(page.request);
  });

  await test.step('a dataset of a few small images', async () => {
    await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Datasets' }).click();
    await page.waitForURL(/\/datasets$/);
    await page.goto(`${new URL(page.url()).pathname}?new=1`);
    await page.getByLabel('Name').fill('stripes');
    await page.getByRole('button', { name: /Create/ }).click();
    await page.waitForURL(/\/datasets\/dst_/);
    await upload(page, 'Good, to learn from', 4);
    await upload(page, 'Good, to test with', 1);
    await upload(page, 'Defective, to test with', 1);
  });

  await test.step('a plan of two variants and two seeds says how many runs it makes and what they cost', async () => {
    await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Experiments' }).click();
    await page.getByRole('link', { name: 'New experiment' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'New experiment' })).toBeVisible();
    await page.getByLabel('Seeds').fill('1-2');
    await page.getByRole('checkbox', { name: 'stripes' }).click();
    await expect(page.getByRole('checkbox', { name: 'stripes' })).toBeChecked();
    await addSmallRecipe(page, 'sample/ae', 'wide');
    await addSmallRecipe(page, 'sample/ae', 'narrow');
    await page
      .getByRole('group', { name: /^Variant from/ })
      .last()
      .getByLabel('Latent size')
      .fill('8');
    await page.getByLabel('Name', { exact: true }).fill('two by two');
    await expect(page.getByTestId('estimated-time')).toHaveText(/^(about |unknown)/);
  });

  // Somebody else is there before the runs begin, which take a second or two.
  const other = await browser.newContext({ baseURL: platform.address, viewport: { width: 1440, height: 900 } });
  const watching = await other.newPage();
  await signIn(watching);

  await test.step('all four runs are queued by one press', async () => {
    await page.getByRole('button', { name: 'Queue 4 runs' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'two by two' })).toBeVisible();
    await expect(page.locator('[data-run]')).toHaveCount(4);
  });

  await test.step('somebody else opens the same page', async () => {
    await watching.goto(page.url());
    await expect(watching.locator('[data-run]')).toHaveCount(4);
  });

  await test.step('one run is cancelled, and both see it', async () => {
    // The last in the queue, so that it has not ended by itself.
    await page.getByRole('button', { name: 'Actions of narrow on stripes, seed 2' }).click();
    await page.getByRole('menuitem', { name: 'Cancel …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click();
    await expect(tiles(page, 'cancelled')).toHaveCount(1);
    await expect(tiles(watching, 'cancelled')).toHaveCount(1);
  });

  await test.step('the other three end by themselves, live in both browsers', async () => {
    await expect(tiles(watching, 'succeeded')).toHaveCount(3, { timeout: 120_000 });
    await expect(tiles(page, 'succeeded')).toHaveCount(3);
    await expect(watching.getByRole('img', { name: 'Loss of 2 variants over 2 epochs' })).toBeVisible();
    await expect(
      watching.getByRole('region', { name: 'What the variants reached on stripes' }).getByRole('row', { name: /^wide 2/ }),
    ).toBeVisible();
  });
  await test.step('their evaluations end too, so that the table is whole', async () => {
    await expect(page.getByRole('definition').filter({ hasText: /^3$/ })).toBeVisible({ timeout: 60_000 });
    await expect(
      page.getByRole('region', { name: 'What the variants reached on stripes' }).getByRole('row', { name: /^wide 2 \/ 2/ }),
    ).toContainText('±');
  });
  await other.close();

  await test.step('a run of it tells what its process said and leads back', async () => {
    await page.getByRole('link', { name: 'wide on stripes, seed 1: succeeded' }).click();
    await expect(page.getByRole('log', { name: 'Log of the run' })).toContainText('epoch 2');
    await page.getByRole('link', { name: 'two by two' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'two by two' })).toBeVisible();
  });
});
