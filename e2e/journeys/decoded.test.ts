import type { Locator } from '@playwright/test';
import { askApi } from '../support/askApi.ts';
import { canvasBounds } from '../support/canvas.ts';
import { decodedSheet } from '../support/decodedSheet.ts';
import { ensureOwner } from '../support/ensureOwner.ts';
import { evaluatedModels } from '../support/models.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

const POINTS = 500;

interface First {
  readonly evaluation: {
    readonly reconstructions: {
      readonly edges: readonly { readonly node: { readonly id: string; readonly image: { readonly id: string } } }[];
    };
  };
}

test('an opened image shows what the autoencoder drew of the turned patches, on request, as the library decodes it', async ({ page }) => {
  test.setTimeout(600_000);
  await ensureOwner(page.request);
  const base = await signIn(page);
  const evaluations = await evaluatedModels(page.request, [
    { variant: 'plain', seed: 1 },
    { variant: 'searched', seed: 1 },
  ]);
  const { evaluation } = await askApi<First>(
    page.request,
    'query ($id: ID!) { evaluation(id: $id) { reconstructions(first: 1) { edges { node { id image { id } } } } } }',
    { id: evaluations[1] },
  );
  const { id: reconstructionId, image } = evaluation.reconstructions.edges[0]!.node;
  const asked: string[] = [];
  page.on('request', (one) => asked.push(one.url()));
  const weights = () => asked.filter((url) => url.includes('/files/checkpoints/') && url.includes('autoencoder')).length;

  await page.goto(`${base}/compare/images?evaluations=${evaluations.join(',')}&image=${image.id}`);
  const viewer = page.getByRole('dialog');
  const decoded = viewer.getByRole('img', { name: /^Decoded of the image, B searched/ });
  const normalised = viewer.getByRole('img', { name: /^Normalised of the image, B searched/ });

  await test.step('the row is not there unasked, and no model is fetched', async () => {
    await expect(normalised).toBeVisible();
    await expect.poll(() => canvasBounds(normalised)).not.toBeNull();
    await expect(decoded).toBeHidden();
    expect(weights()).toBe(0);
  });

  await test.step('shown, it stands behind the normalised patches and paints something else than they are', async () => {
    await viewer.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Decoded' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => canvasBounds(decoded), { timeout: 60_000 }).not.toBeNull();
    expect(weights()).toBe(1);
    const rows = viewer.getByRole('button', { name: /^Row / });
    for (const [at, row] of ['input', 'normalised', 'decoded', 'reconstruction', 'residual', 'mask'].entries())
      await expect(rows.nth(at)).toHaveAccessibleName(`Row ${row}: move, hide`);
    expect(await paintedAlike(decoded, normalised)).toBeLessThan(0.5);
    await expect(viewer.getByText('This regime turns no patches: what is decoded is the reconstruction.')).toBeVisible();
    expect(await ruleBreaks(page)).toEqual([]);
  });

  await test.step('its values under the cursor are the library’s, to a grey level', async () => {
    const sheet = await decodedSheet(page.request, evaluations[1]!, reconstructionId);
    await viewer.getByRole('button', { name: /^Show only decoded of the image, b searched/i }).click();
    await expect(page).toHaveURL(/[?&]pane=decoded/);
    const pane = viewer.getByRole('img', { name: /^Decoded of the image, B searched/ });
    await expect.poll(() => canvasBounds(pane)).not.toBeNull();
    await pane.hover();
    await expect(pane.locator('xpath=ancestor::section').getByText(/^\d+$/)).toBeVisible();
    const read = await valuesUnder(pane);
    const { input } = await sizes(viewer);
    const differences = read.map(({ at: [x, y], value }) => {
      const [u, v] = [Math.floor(((x + 0.5) * sheet.width) / input.width), Math.floor(((y + 0.5) * sheet.height) / input.height)];
      return Math.abs(value - sheet.bytes[(v * sheet.width + u) * sheet.channels]!);
    });
    const worst = Math.max(...differences);
    const exact = differences.filter((difference) => difference === 0).length;
    test.info().annotations.push({
      type: 'decoded',
      description: `${exact} of ${POINTS} values as computed on the server, the furthest ${worst} grey levels away`,
    });
    expect(differences).toHaveLength(POINTS);
    expect(new Set(read.map(({ value }) => value)).size).toBeGreaterThan(8);
    // Engines add in other orders: a value between two grey levels is rounded up by one and down by the other.
    expect(worst).toBeLessThanOrEqual(1);
    await viewer.getByRole('button', { name: 'Show all panes' }).click();
    await expect(page).not.toHaveURL(/[?&]pane=/);
  });

  await test.step('the address keeps the row, and a reload shows it again', async () => {
    await expect(page).toHaveURL(/[?&]rows=input%2Cnormalised%2Cdecoded%2Creconstruction%2Cresidual%2Cmask/);
    await page.reload();
    await expect.poll(() => canvasBounds(decoded), { timeout: 60_000 }).not.toBeNull();
  });

  await test.step('where the model cannot be read, the pane says so and tries again when asked', async () => {
    await page.route(/autoencoder/, (route) => route.fulfill({ status: 404 }));
    await page.reload();
    const section = viewer.getByRole('region', { name: /^Decoded of the image, B searched/ });
    await expect(section.getByText(/^The model's file .* could not be read \(404\)/)).toBeVisible({ timeout: 60_000 });
    await page.unroute(/autoencoder/);
    await section.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => canvasBounds(decoded), { timeout: 60_000 }).not.toBeNull();
  });
});

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray } };
}

/** The share of painted pixels in which two canvases of one size are alike. */
async function paintedAlike(one: Locator, other: Locator): Promise<number> {
  const handle = await other.elementHandle();
  return one.evaluate((first, second) => {
    const pixels = [first, second].map((node) => {
      const canvas = node as unknown as Canvas;
      return new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    });
    let [painted, alike] = [0, 0];
    pixels[0]!.forEach((pixel, i) => {
      if (pixel >>> 24 === 0) return;
      painted++;
      if (pixels[1]![i] === pixel) alike++;
    });
    return alike / painted;
  }, handle);
}

/** The size of the network image, as the viewer says it. */
async function sizes(viewer: Locator): Promise<{ input: { width: number; height: number } }> {
  const text = await viewer.getByText(/seen by the network at \d+×\d+/).innerText();
  const [, width, height] = /at (\d+)×(\d+)/.exec(text)!;
  return { input: { width: Number(width), height: Number(height) } };
}

/** Moves the cursor over a pane: places in the network image, and the value that the pane says to be there. */
async function valuesUnder(pane: Locator): Promise<{ at: [number, number]; value: number }[]> {
  return pane.evaluate(async (canvas, count) => {
    interface Element {
      readonly textContent: string;
      readonly parentElement: Element;
      readonly nextElementSibling: Element;
      closest(selector: string): Element;
      querySelector(selector: string): Element;
      getBoundingClientRect(): { left: number; top: number; width: number; height: number };
      dispatchEvent(event: unknown): void;
    }
    const world = globalThis as unknown as {
      document: { querySelectorAll(selector: string): Iterable<Element> };
      PointerEvent: new (kind: string, init: object) => unknown;
    };
    const host = (canvas as unknown as Element).parentElement;
    const { left, top, width, height } = host.getBoundingClientRect();
    const side = Math.min(width, height) - 10;
    const name = [...world.document.querySelectorAll('dt')].find(({ textContent }) => textContent === 'Network input x, y')!;
    const found: { at: [number, number]; value: number }[] = [];
    for (let k = 0; k < count; k++) {
      const [clientX, clientY] = [left + width / 2 + (Math.random() - 0.5) * side, top + height / 2 + (Math.random() - 0.5) * side];
      host.dispatchEvent(new world.PointerEvent('pointermove', { clientX, clientY, pointerId: 1, pointerType: 'mouse', bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
      const [x, y] = name.nextElementSibling.textContent.split(', ').map(Number);
      const value = host.closest('section').querySelector('span[aria-hidden].font-mono').textContent;
      found.push({ at: [x!, y!], value: Number(value) });
    }
    return found;
  }, POINTS);
}
