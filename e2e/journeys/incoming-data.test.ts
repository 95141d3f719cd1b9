import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { signIn } from '../support/signIn.ts';
import { expect, platform, test } from '../support/test.ts';
import { zipOf } from '../support/zip.ts';

async function newDataset(page: Page, name: string): Promise<void> {
  await page.goto(`${await signIn(page)}/datasets?new=1`);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: /Create/ }).click();
  await page.waitForURL(/\/datasets\/dst_/);
}

/** A picture that no other kind looks like: stripes whose direction and width follow from `kind`; `tint` changes bytes and hardly a pixel. */
async function picture(page: Page, kind: number, tint = 0): Promise<Buffer> {
  const data = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [96, 96];
    const draw = canvas.getContext('2d');
    draw.fillStyle = '#bbb';
    draw.fillRect(0, 0, 96, 96);
    draw.translate(48, 48);
    draw.rotate(${kind} * 0.9);
    draw.fillStyle = 'rgb(40, 40, ' + (40 + ${tint}) + ')';
    for (let x = -96; x < 96; x += 14 + 5 * ${kind}) draw.fillRect(x, -96, 6, 192);
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
  return Buffer.from(data, 'base64');
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
const input = (page: Page) => page.getByLabel('Files or a zip to upload').first();
const shown = (page: Page, name: string) => page.getByRole('listitem').getByRole('button', { name });
const uploadsOnDisk = (): string[] => readdirSync(join(platform.data, 'uploads'));

async function say(page: Page, what: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'What images are' }).click();
  await page.getByRole('option', { name: what }).click();
  await page.getByRole('button', { name: /^Upload \d/ }).click();
}

test('uploads follow one another, go on after a reload, and leave nothing behind when they are cancelled', async ({ page }) => {
  await newDataset(page, 'uploads');
  let hold = true;
  // A server that does not take files yet: what is sent waits.
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/uploads', async (route) => {
    if (hold) await released;
    await route.continue().catch(() => undefined);
  });
  await input(page).setInputFiles([file('a.png', await picture(page, 1)), file('b.png', await picture(page, 2))]);
  await say(page, /^Good, to learn from/);
  await expect(page.getByText('Uploading 2 files')).toBeVisible();
  await input(page).setInputFiles([file('c.png', await picture(page, 3))]);
  await say(page, /^Good, to test with/);
  await expect(page.getByText(/^1 file, .* sent when the upload before has arrived/)).toBeVisible();
  hold = false;
  release();
  await expect(shown(page, 'a.png, good')).toBeVisible({ timeout: 30_000 });
  await expect(shown(page, 'b.png, good')).toBeVisible();
  await expect(shown(page, 'c.png, good')).toBeVisible({ timeout: 30_000 });
  await expect.poll(uploadsOnDisk).toEqual([]);

  await test.step('a page that is closed meanwhile asks for the files again', async () => {
    const large = file('d.png', Buffer.concat([await picture(page, 4), Buffer.alloc(6 * 2 ** 20)]));
    // The beginning arrives, the bytes do not.
    await page.route('**/uploads/*', (route) => (route.request().method() === 'PATCH' ? undefined : route.continue()));
    await input(page).setInputFiles([large]);
    await say(page, /^Good, to learn from/);
    await expect.poll(() => uploadsOnDisk().length).toBeGreaterThan(0);
    // What is remembered is written a second later at most.
    await expect
      .poll(() =>
        page.evaluate<number>(`new Promise((resolve) => {
          const open = indexedDB.open('plumbline-uploads');
          open.onsuccess = () => {
            const all = open.result.transaction('batches').objectStore('batches').getAllKeys();
            all.onsuccess = () => { open.result.close(); resolve(all.result.length); };
          };
        })`),
      )
      .toBe(2);
    const beside = await page.context().newPage();
    await beside.goto(page.url());
    await expect(shown(beside, 'a.png, good')).toBeVisible();
    await expect(beside.getByText('An upload was interrupted'), 'in a tab beside the one that sends it').toBeHidden();
    await beside.close();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(page.getByText('An upload was interrupted')).toBeVisible();
    await expect(page.getByText(/0 of 1 file had arrived/)).toBeVisible();
  });

  await test.step('and when it is discarded, the server keeps nothing of it', async () => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(page.getByText('An upload was interrupted')).toBeHidden();
    await expect.poll(uploadsOnDisk).toEqual([]);
    await page.reload();
    await expect(shown(page, 'a.png, good')).toBeVisible();
    await expect(page.getByText('An upload was interrupted')).toBeHidden();
  });
});

test('what a zip holds is shown before it is sent, and where its images go is what was shown', async ({ page }) => {
  await newDataset(page, 'zip');
  const zip = zipOf({
    'brick/train/good/1.png': await picture(page, 1),
    'brick/train/good/2.png': await picture(page, 2),
    'brick/test/dent/3.png': await picture(page, 3),
    'brick/loose.png': await picture(page, 4),
    'brick/licence.txt': Buffer.from('CC0'),
  });
  await input(page).setInputFiles([{ name: 'brick.zip', mimeType: 'application/zip', buffer: zip }]);
  const dialog = page.getByRole('dialog', { name: 'What brick.zip holds' });
  await expect(dialog.getByRole('row', { name: 'train/good 2' })).toBeVisible();
  await expect(dialog.getByRole('row', { name: 'test/dent 1' })).toBeVisible();
  await expect(dialog.getByText('1 file that is no image')).toBeVisible();
  expect(uploadsOnDisk()).toEqual([]);
  await dialog.getByRole('combobox').click();
  await page.getByRole('option', { name: /^Good, to test with/ }).click();
  await dialog.getByRole('button', { name: 'Upload 1 archive' }).click();
  await expect(shown(page, '3.png, dent')).toBeVisible({ timeout: 30_000 });
  await expect(shown(page, 'loose.png, good')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Train 2' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Test 2' })).toBeVisible();
});

test('images are divided, deleted and brought back, and a leak between splits is told of and mended', async ({ page }) => {
  await newDataset(page, 'splits');
  const pictures = await Promise.all([1, 2, 3, 4].map((kind) => picture(page, kind)));
  await input(page).setInputFiles(pictures.map((buffer, index) => file(`${index}.png`, buffer)));
  await say(page, /^Good, to learn from/);
  await expect(page.getByText('4 accepted')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Close inspector' }).click();

  await test.step('the split bar moves by keys, says what would move, and moves it', async () => {
    const border = page.getByRole('slider', { name: 'Border of train and validation' });
    await border.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(border).toHaveAttribute('aria-valuetext', 'train 3, validation 1, test 0');
    await page.getByRole('button', { name: 'Move 1 image' }).click();
    await expect(page.getByRole('radio', { name: 'Validation 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('radio', { name: 'Train 4' })).toBeVisible();
  });

  await test.step('chosen images are deleted, and undo brings them back', async () => {
    await page.getByRole('checkbox', { name: 'Choose 0.png' }).click();
    await page.getByRole('checkbox', { name: 'Choose 2.png' }).click({ modifiers: ['Shift'] });
    await expect(page.getByText('3 images chosen')).toBeVisible();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('radio', { name: 'All 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect(page.getByRole('radio', { name: 'All 4' })).toBeVisible();
    await expect(shown(page, '1.png, good')).toBeVisible();
  });

  await test.step('an image like one of train is warned of in test, and one click moves both to one side', async () => {
    await input(page).setInputFiles([file('again.png', await picture(page, 1, 3))]);
    await say(page, /^Good, to test with/);
    await expect(page.getByText(/^1 pair of images/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Look at them' }).click();
    await expect(page.getByRole('list', { name: 'Pairs' }).getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Move 1 image to one side' }).click();
    await expect(page.getByRole('radio', { name: 'Test 2' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Pairs' }).getByRole('listitem')).toHaveCount(0);
    await expect(page.getByText(/^1 pair of images/)).toBeHidden();
  });
});
