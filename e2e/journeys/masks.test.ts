import type { Page } from '@playwright/test';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a place of the picture (pixel corners) lies on the screen while the picture is fitted: whole, in the middle, 4 px from the edge. */
async function onScreen(page: Page, picture: { width: number; height: number }): Promise<(place: Place) => Place> {
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('The picture is not on the screen.');
  const zoom = Math.min((box.width - 8) / picture.width, (box.height - 8) / picture.height);
  return ({ x, y }) => ({
    x: box.x + box.width / 2 + (x - picture.width / 2) * zoom,
    y: box.y + box.height / 2 + (y - picture.height / 2) * zoom,
  });
}

/** The pixels of a stored picture that are above 127, as "x,y", read by the browser. */
function setPixels(page: Page, url: string): Promise<{ width: number; height: number; pixels: string[] }> {
  return page.evaluate(`(async () => {
    const bitmap = await createImageBitmap(await (await fetch(${JSON.stringify(url)})).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const pixels = [];
    for (let i = 0; i < data.length; i += 4) if (data[i] > 127) pixels.push((i / 4 % bitmap.width) + ',' + Math.floor(i / 4 / bitmap.width));
    return { width: bitmap.width, height: bitmap.height, pixels };
  })()`);
}

test('what is painted over a good image is, pixel for pixel, the mask that is stored; the image becomes the defect that was named', async ({
  page,
}) => {
  const base = await signIn(page);
  await page.goto(`${base}/datasets`);
  await page.getByRole('link', { name: 'grass', exact: true }).click();
  await page.waitForURL(/\/datasets\/dst_/);
  await page.goto(`${page.url().split('?')[0]}?split=train&label=good`);
  await page.getByRole('list', { name: 'Images' }).getByRole('button').first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('link', { name: 'Draw a mask' }).click();
  await page.waitForURL(/\/mask\?image=/);
  const imageId = new URL(page.url()).searchParams.get('image') ?? '';
  await expect(page.getByRole('application')).toBeVisible();
  const facts = await page.getByText(/\d+ × \d+ px/).innerText();
  const [width, height] = (/(\d+) × (\d+) px/.exec(facts) ?? []).slice(1).map(Number) as [number, number];
  expect(await ruleBreaks(page)).toEqual([]);
  const at = await onScreen(page, { width, height });
  const move = async (place: Place): Promise<void> => page.mouse.move(at(place).x, at(place).y);
  const drag = async (from: Place, to: Place): Promise<void> => {
    await move(from);
    await page.mouse.down();
    await page.mouse.move(at(to).x, at(to).y, { steps: 6 });
    await page.mouse.up();
  };
  const expected = new Set<string>();

  await test.step('a polygon holds the pixels between its corners', async () => {
    await page.keyboard.press('p');
    for (const corner of [
      { x: 20, y: 30 },
      { x: 50, y: 30 },
      { x: 50, y: 45 },
      { x: 20, y: 45 },
    ]) {
      await move(corner);
      await page.mouse.down();
      await page.mouse.up();
      // Two clicks in a row on one place would close it.
      await move({ x: corner.x + 9, y: corner.y + 9 });
    }
    await page.keyboard.press('Enter');
    for (let y = 30; y < 45; y++) for (let x = 20; x < 50; x++) expected.add(`${x},${y}`);
  });

  await test.step('the finest brush meets the pixels under it, the eraser takes them away, undo and redo go back and forth', async () => {
    await page.keyboard.press('b');
    await page.getByLabel('Size in image pixels').fill('1');
    await drag({ x: 60.5, y: 70.5 }, { x: 72.5, y: 70.5 });
    for (let x = 60; x <= 72; x++) expected.add(`${x},70`);
    await page.keyboard.press('e');
    await drag({ x: 25.5, y: 35.5 }, { x: 31.5, y: 35.5 });
    for (let x = 25; x <= 31; x++) expected.delete(`${x},35`);
    await drag({ x: 62.5, y: 70.5 }, { x: 64.5, y: 70.5 });
    await page.keyboard.press('Control+z');
    await drag({ x: 66.5, y: 70.5 }, { x: 67.5, y: 70.5 });
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+Shift+z');
    for (const x of [66, 67]) expected.delete(`${x},70`);
  });

  await test.step('a good image asks for its defect, and what is stored is what was painted', async () => {
    await page.getByRole('button', { name: 'Save mask' }).click();
    const dialog = page.getByRole('dialog', { name: 'Which defect is this?' });
    await dialog.getByLabel('Defect').fill('burn');
    await dialog.getByRole('button', { name: 'Save mask' }).click();
    await expect(page.getByRole('button', { name: 'Saved' })).toBeVisible();
    await expect(page.getByText('burn, test')).toBeVisible();
    const answer = await page.request.post('/graphql', {
      data: { query: '{ node(id: "' + imageId + '") { ... on Image { maskUrl } } }' },
      headers: { origin: new URL(page.url()).origin },
    });
    const { data } = (await answer.json()) as { data: { node: { maskUrl: string } } };
    const stored = await setPixels(page, data.node.maskUrl);
    expect([stored.width, stored.height]).toEqual([width, height]);
    expect(stored.pixels.toSorted()).toEqual([...expected].toSorted());
  });

  await test.step('the versions page of a dataset that was never frozen says so, and the image stands where it belongs now', async () => {
    await page.getByRole('link', { name: 'Close' }).click();
    await page.waitForURL(/\/datasets\/dst_[^/]+\?image=/);
    await expect(inspector.getByText('burn', { exact: true })).toBeVisible();
    await page.goto(page.url().replace(/\?.*/, '/versions'));
    await expect(page.getByText('No version yet')).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
  });
});

test('strokes that were not saved are there again after leaving the page by a link', async ({ page }) => {
  const base = await signIn(page);
  await page.goto(`${base}/datasets`);
  await page.getByRole('link', { name: 'grass', exact: true }).click();
  await page.getByRole('list', { name: 'Images' }).getByRole('button').last().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('link', { name: /mask/ }).click();
  await expect(page.getByRole('application')).toBeVisible();
  await page.getByRole('application').click();
  await expect(page.getByText('not saved yet')).toBeVisible();
  await page.getByRole('link', { name: 'Close' }).click();
  await inspector.getByRole('link', { name: /mask/ }).click();
  await expect(page.getByText('not saved yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Saved' })).toBeDisabled();
});
