import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { resizeNearest, type FloatMap, type Mask } from '@plumbline/ml/geometry';
import { decodeFloat32Tiff, decodeMask, readPng8 } from '@plumbline/ml/images';
import { countAt, iouAt, iouOf } from '@plumbline/ml/metrics';
import { residualMap, upsampleMap } from '@plumbline/ml/residuals';
import { ensureOwner } from '../support/ensureOwner.ts';
import { framesText, framesWhileZooming } from '../support/frames.ts';
import { evaluatedModels } from '../support/models.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

const POINTS = 1_000;

interface StoredImage {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly maskUrl: string | null;
  readonly inputUrl: string;
  readonly reconstructionUrl: string;
  readonly image: { readonly id: string; readonly width: number; readonly height: number };
  readonly residualMaps: readonly { readonly measure: 'ssim' | 'mse'; readonly tiffUrl: string }[];
}

/** One image under two variants, of which one turns its patches. */
test('the opened image shows the exported values, counts as the library does, and compares variants', async ({ page, errors }) => {
  test.setTimeout(600_000);
  await ensureOwner(page.request);
  const base = await signIn(page);
  const evaluations = await test.step('two variants are trained', () =>
    evaluatedModels(page.request, [
      { variant: 'plain', seed: 1 },
      { variant: 'searched', seed: 1 },
    ]));
  const stored = await Promise.all(evaluations.map((id) => storedImages(page, id)));
  const chosen = stored[0]!.find(({ label, maskUrl }) => label === 'stain' && maskUrl)!;
  const variants = stored.map((images) => images.find(({ image }) => image.id === chosen.image.id)!);
  const address = `${base}/compare/images?evaluations=${evaluations.join(',')}&image=${chosen.image.id}`;
  await page.goto(address);
  const viewer = page.getByRole('dialog', { name: new RegExp(chosen.name) });
  await expect(viewer.getByRole('region', { name: /^Residual of the image, B searched/ })).toBeVisible();

  for (const measure of ['ssim', 'mse'] as const)
    await test.step(`${POINTS} values under the cursor are those of the exported TIFF: ${measure}`, async () => {
      await viewer.getByRole('radio', { name: measure.toUpperCase() }).click();
      const maps = await Promise.all(variants.map((one) => tiff(page, one, measure)));
      await expect.poll(() => agreement(viewer, maps, 5)).toMatchObject({ compared: 10, within: true });
      const all = await agreement(viewer, maps, POINTS);
      expect(all.compared).toBe(2 * POINTS);
      expect(all.furthest).toBeLessThanOrEqual(1e-5);
    });

  await test.step('with another window and σ they are those of the library', async () => {
    await page.goto(`${address}&window=gaussian&sigma=0.8&size=7`);
    const options = { ssim: { window: 'gaussian' as const, sigma: 0.8, size: 7 } };
    const maps = await Promise.all(
      variants.map(async (one) => {
        const [input, reconstruction] = await Promise.all(
          [one.inputUrl, one.reconstructionUrl].map(async (url) => readPng8(await bytes(page, url))),
        );
        return upsampleMap(residualMap('ssim', input!, reconstruction!, options), one.image.width, one.image.height);
      }),
    );
    await expect.poll(() => agreement(viewer, maps, 5)).toMatchObject({ compared: 10, within: true });
    expect((await agreement(viewer, maps, 300)).furthest).toBeLessThanOrEqual(1e-5);
  });

  await test.step('the slider’s confusion and IoU of the image and of the whole set are the library’s', async () => {
    await page.goto(address);
    const [a] = stored;
    const outlined = a!.filter(({ label, maskUrl }) => label === 'good' || maskUrl);
    await expect(viewer.getByText(`Whole set: ${outlined.length} of ${outlined.length} images counted`)).toBeVisible({ timeout: 120_000 });
    const slider = viewer.getByRole('slider', { name: 'T of A', exact: true });
    const before = await slider.inputValue();
    await slider.focus();
    for (let k = 0; k < 7; k++) await page.keyboard.press('ArrowLeft');
    expect(await slider.inputValue()).not.toBe(before);
    await expect(page).toHaveURL(/[?&]t\.ssim=/);
    const threshold = Number(new URL(page.url()).searchParams.get('t.ssim')!.split(',')[0]);

    // Steps by keys in the field stop where the set is counted already; only what is typed is counted anew.
    const field = viewer.getByRole('textbox', { name: 'T of A, typed' });
    await field.focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => new URL(page.url()).searchParams.get('t.ssim')).not.toBe(String(threshold));
    const stepped = Number(new URL(page.url()).searchParams.get('t.ssim')!.split(',')[0]);
    expect(stepped).toBe(Number(stepped.toPrecision(3)));
    await field.fill(String(threshold));
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('t.ssim')).toBe(String(threshold));

    const scored = [];
    for (const one of outlined) scored.push({ id: one.image.id, map: await tiff(page, one, 'ssim'), mask: await maskOf(page, one) });
    const own = countAt(
      scored.find(({ id }) => id === chosen.image.id)!,
      threshold,
    );
    const sum = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
    for (const image of scored) {
      const each = countAt(image, threshold);
      for (const key of ['truePositives', 'falsePositives', 'falseNegatives'] as const) sum[key] += each[key];
    }
    expect(iouOf(sum)).toBe(iouAt(scored, threshold).pooled);
    const grouped = (value: number): string => new Intl.NumberFormat('en-US').format(value);
    const fixed = (value: number | null): string => value!.toFixed(3);
    for (const [name, image, set] of [
      ['found (TP)', grouped(own.truePositives), grouped(sum.truePositives)],
      ['false alarm (FP)', grouped(own.falsePositives), grouped(sum.falsePositives)],
      ['missed (FN)', grouped(own.falseNegatives), grouped(sum.falseNegatives)],
      ['IoU', fixed(iouOf(own)), fixed(iouOf(sum))],
    ] as const)
      await expect(viewer.getByRole('row', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')}`) })).toHaveText(
        new RegExp(`${image}${set}$`),
      );
  });

  await test.step('keys blink, swipe, subtract, maximise and choose; α and its curve are there where patches are turned', async () => {
    await page.keyboard.press('Escape');
    await page.goto(address);
    await expect(viewer).toBeVisible();
    await page.keyboard.press('w');
    await expect(viewer.getByRole('slider', { name: /^Line between the two variants/ }).first()).toBeVisible();
    await page.keyboard.press('d');
    await expect(viewer.getByRole('img', { name: 'Residual of A minus residual of B' })).toBeVisible();
    await expect(viewer.getByRole('img', { name: /^Colour scale from -.* A − B/ })).toBeVisible();
    await page.keyboard.press('b');
    await expect(viewer.getByRole('region', { name: 'Residual, blink' })).toBeVisible();
    await page.keyboard.press('b');
    await page.keyboard.press('2');
    await expect(page).toHaveURL(/[?&]lead=2/);
    const curve = viewer.getByRole('img', { name: /^J over α/ });
    await expect(curve).toBeVisible();
    await page.keyboard.press('a');
    await expect(viewer.getByRole('checkbox', { name: 'Frames' }).first()).toBeChecked();
    await viewer.getByRole('region', { name: /^Mask over input of the image, B/ }).hover();
    await page.keyboard.press(' ');
    await expect(page).toHaveURL(/[?&]pane=mask/);
    await page.keyboard.press(' ');
    await expect(viewer.getByRole('region', { name: /^Input of the image, A/ })).toBeVisible();
  });

  await test.step('keys alone move the cursor, read its values and choose a patch', async () => {
    await page.goto(`${address}&lead=2`);
    await expect(viewer.getByRole('img', { name: /^J over α/ })).toBeVisible();
    const at = viewer.locator('dt', { hasText: 'Network input x, y' }).locator('+ dd');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(at).toHaveText(/^\d+, \d+$/);
    const [x, y] = (await at.innerText()).split(', ').map(Number);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Alt+Shift+ArrowDown');
    await expect(at).toHaveText(`${x! + 1}, ${y! + 10}`);
    await expect(viewer.locator('[data-exported="B"]')).not.toHaveText('–');
    // What a screen reader is told, once keys rest, are the values that stand there; nothing while the pointer moves.
    const said = viewer.locator('[role=status][data-cursor-said]');
    const values = viewer.getByRole('region', { name: 'Under the cursor' }).getByRole('row');
    const [a, b] = await Promise.all(
      ['A', 'B'].map((letter) =>
        values
          .filter({ hasText: new RegExp(`^${letter}`) })
          .getByRole('cell')
          .allInnerTexts(),
      ),
    );
    const residual = (cells: string[] | undefined): string => cells![2]!.replace(' ≥ T', '');
    await expect(said).toHaveText(`x ${x! + 1}, y ${y! + 10}: A ${residual(a)}, B ${residual(b)} SSIM; image ${b![0]}`);
    const pane = (await viewer.getByRole('img', { name: /^Residual of the image, A/ }).boundingBox())!;
    await page.mouse.move(pane.x + 0.4 * pane.width, pane.y + 0.4 * pane.height, { steps: 3 });
    await expect(said).toBeEmpty();
    await expect(at).not.toHaveText(`${x! + 1}, ${y! + 10}`);
    await page.waitForTimeout(500);
    await expect(said).toBeEmpty();
    await page.keyboard.press('Shift+ArrowRight');
    await expect(said).toHaveText(/^x \d+, y \d+: A \d\.\d{3}, B \d\.\d{3} SSIM; image \d+$/);
    for (let k = 0; k < 20; k++) await page.keyboard.press('Alt+Shift+ArrowLeft');
    for (let k = 0; k < 20; k++) await page.keyboard.press('Alt+Shift+ArrowUp');
    await expect(at).toHaveText('0, 0');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/[?&]patch=1(&|$)/);
  });

  await test.step('what is set in an opened image stays set however it is closed', async () => {
    await page.goto(address.replace(/&image=.*/, ''));
    await page.getByRole('listbox', { name: 'Images of the evaluations' }).getByRole('option').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('m');
    await page.keyboard.press('2');
    await page.keyboard.press('a');
    await expect(page).toHaveURL(/frames=1/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page).toHaveURL(/[?&]lead=2.*measure=mse.*frames=1/);
    await expect(page.getByRole('radio', { name: 'MSE' })).toBeChecked();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(page).toHaveURL(/image=.*frames=1/);
    await page.keyboard.press('m');
    await page.keyboard.press('1');
    await page.goBack();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page).toHaveURL(/^(?!.*(lead|measure|image)=).*frames=1/);
    await page.goto(address);
    await expect(viewer).toBeVisible();
  });

  await test.step('what does not come is said where it is missing, and comes when asked for again', async () => {
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('PatchOrientations') ? route.abort() : route.fallback(),
    );
    await page.goto(`${address}&lead=2&rows=normalised,input`);
    const sheet = viewer.getByRole('region', { name: /^Normalised of the image, B/ });
    const part = viewer.getByRole('region', { name: 'Orientation' });
    await expect(part.getByRole('alert')).toBeVisible();
    await expect(sheet.getByRole('button', { name: 'Try again' })).toBeVisible();
    await page.unroute('**/graphql');
    forgetRefused(errors);
    await sheet.getByRole('button', { name: 'Try again' }).click();
    await expect(sheet.getByRole('img', { name: /^Normalised of the image, B/ })).toBeVisible();
    const again = part.getByRole('button', { name: 'Try again' });
    if (await again.isVisible()) await again.click();
    await expect(part.getByRole('img', { name: /^J over α/ })).toBeVisible();
    await page.goto(address);
    await expect(viewer).toBeVisible();
  });

  await test.step('an evaluation whose list does not come hides no other, and comes when asked for again', async () => {
    await page.route(`**/files/evaluations/${evaluations[1]}/images.json`, (route) => route.abort());
    await page.goto(address.replace(/&image=.*/, ''));
    const notice = page.getByText(/^The images of B, searched, could not be loaded/);
    await expect(notice).toBeVisible();
    const grid = page.getByRole('listbox', { name: 'Images of the evaluations' });
    await expect(grid.getByRole('option')).not.toHaveCount(0);
    await page.unroute(`**/files/evaluations/${evaluations[1]}/images.json`);
    forgetRefused(errors);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(notice).toBeHidden();
    await page.goto(address);
    await expect(viewer).toBeVisible();
  });

  await test.step('what is seen is taken away as a picture, panes and scales in it', async () => {
    // The scales come with the maps, and what is drawn in the next frame.
    await expect(viewer.getByRole('img', { name: /^Colour scale/ })).toHaveCount(2);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await viewer.getByRole('button', { name: /^Take away/ }).click();
    const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Figure as PNG' }).click()]);
    expect(png.suggestedFilename()).toMatch(/_panes\.png$/);
    const { width, height, data } = await readPng8(await readFile(await png.path()));
    const panes = await viewer.getByRole('img', { name: /of the image, [AB]/ }).count();
    // Two columns and five rows, at twice the size.
    expect(width).toBeGreaterThan(4 * 190);
    expect(height).toBeGreaterThan(5 * 2 * 80);
    expect(new Set(data).size).toBeGreaterThan(100);
    await viewer.getByRole('button', { name: /^Take away/ }).click();
    const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Figure as SVG' }).click()]);
    const text = await readFile(await svg.path(), 'utf8');
    expect(text.match(/<image /g)).toHaveLength(panes);
    expect(text).toContain('id="inferno"');
  });

  await test.step('axe finds nothing', async () => {
    expect(await ruleBreaks(page)).toEqual([]);
  });

  await test.step('frames a second while zooming and panning (a figure, not a condition)', async () => {
    const frames = await framesWhileZooming(viewer.getByRole('img', { name: /^Residual of the image, A/ }));
    console.log(`two variants, ${await viewer.getByRole('img', { name: /of the image, [AB]/ }).count()} panes: ${framesText(frames)}`);
  });
});

/** What a journey refused itself is no error of the page. */
function forgetRefused(errors: string[]): void {
  expect(errors).not.toHaveLength(0);
  expect(errors.splice(0).filter((error) => !/^Failed to load resource: net::ERR_FAILED \(\S*\)$/.test(error))).toEqual([]);
}

async function bytes(page: Page, url: string): Promise<Buffer> {
  const answer = await page.request.get(url);
  expect(answer.ok(), url).toBe(true);
  return answer.body();
}

async function tiff(page: Page, { residualMaps }: StoredImage, measure: 'ssim' | 'mse'): Promise<FloatMap> {
  return decodeFloat32Tiff(await bytes(page, residualMaps.find((map) => map.measure === measure)!.tiffUrl));
}

async function maskOf(page: Page, { maskUrl, image: { width, height } }: StoredImage): Promise<Mask> {
  if (maskUrl === null) return { width, height, data: new Uint8Array(width * height) };
  const mask = await decodeMask(await bytes(page, maskUrl));
  return mask.width === width && mask.height === height ? mask : resizeNearest(mask, width, height);
}

async function storedImages(page: Page, evaluation: string): Promise<StoredImage[]> {
  const query = `query ($id: ID!, $after: String) {
    evaluation(id: $id) { reconstructions(first: 100, after: $after, sort: name, measure: ssim) {
      pageInfo { hasNextPage endCursor }
      edges { node { id name label maskUrl inputUrl reconstructionUrl image { id width height } residualMaps { measure tiffUrl } } }
    } }
  }`;
  const found: StoredImage[] = [];
  for (let after: string | null = null; ;) {
    const answer = await page.request.post('/graphql', {
      data: { query, variables: { id: evaluation, after } },
      headers: { origin: new URL(page.url()).origin },
    });
    const { data } = (await answer.json()) as {
      data: {
        evaluation: { reconstructions: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: StoredImage }[] } };
      };
    };
    const { edges, pageInfo } = data.evaluation.reconstructions;
    found.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

/**
 * Moves the cursor over a pane and compares what the inspector says to be in the TIFF with the maps of A and B at the pixel it names.
 * @returns how many values were compared, and the largest difference
 */
async function agreement(
  viewer: Locator,
  maps: readonly FloatMap[],
  points: number,
): Promise<{ compared: number; furthest: number; within: boolean }> {
  const pane = viewer.getByRole('img', { name: /^Residual of the image, A/ });
  const read = await pane.evaluate(async (canvas, count) => {
    interface Place {
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
    interface Element {
      readonly textContent: string;
      readonly parentElement: Element;
      readonly nextElementSibling: Element;
      getBoundingClientRect(): Place;
      dispatchEvent(event: unknown): void;
      querySelector(selector: string): Element;
    }
    const world = globalThis as unknown as {
      document: Element & { querySelectorAll(s: string): Iterable<Element> };
      PointerEvent: new (kind: string, init: object) => unknown;
    };
    const host = (canvas as unknown as Element).parentElement;
    const { left, top, width, height } = host.getBoundingClientRect();
    const side = Math.min(width, height) - 10;
    const place = [...world.document.querySelectorAll('dt')].find(
      ({ textContent }) => textContent === 'Photograph x, y',
    )!.nextElementSibling;
    const cells = ['A', 'B'].map((letter) => world.document.querySelector(`[data-exported="${letter}"]`));
    const found: { at: string; values: string[] }[] = [];
    for (let k = 0; k < count; k++) {
      const [clientX, clientY] = [left + width / 2 + (Math.random() - 0.5) * side, top + height / 2 + (Math.random() - 0.5) * side];
      host.dispatchEvent(new world.PointerEvent('pointermove', { clientX, clientY, pointerId: 1, pointerType: 'mouse', bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
      found.push({ at: place.textContent, values: cells.map(({ textContent }) => textContent) });
    }
    return found;
  }, points);
  let [compared, furthest] = [0, 0];
  for (const { at, values } of read) {
    const [x, y] = at.split(', ').map(Number);
    values.forEach((text, v) => {
      const map = maps[v]!;
      // The text is the shortest one of its float32.
      const difference = Math.abs(Math.fround(Number(text)) - map.data[y! * map.width + x!]!);
      if (Number.isFinite(difference)) compared++;
      furthest = Math.max(furthest, Number.isFinite(difference) ? difference : Infinity);
    });
  }
  return { compared, furthest, within: furthest <= 1e-5 };
}
