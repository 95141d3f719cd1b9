import type { Locator, Page } from '@playwright/test';
import { askApi } from '../support/askApi.ts';
import { ensureOwner } from '../support/ensureOwner.ts';
import { framesText, framesWhileSliding, framesWhileZooming } from '../support/frames.ts';
import { evaluatedModels } from '../support/models.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

// A graphics card that the processor plays: slow, but the same shaders.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] }),
});

/** What the page's canvases are, which have no type in Node. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray } };
}

interface Compared {
  /** Pixels that something is painted on. */
  readonly painted: number;
  /** Different colours that are painted. */
  readonly colours: number;
  /** Pixels, not counting the image's edge where it is drawn half over, that differ from what was kept by more than two steps of a colour scale. */
  readonly apart: number;
}

/** Keeps a pane's pixels in the page under a name, or compares them with those that were kept. */
function pixels(pane: Locator, name: string, act: 'keep' | 'compare'): Promise<Compared> {
  return pane.evaluate(
    (node, { name, act }) => {
      const canvas = node as unknown as Canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const kept = ((globalThis as unknown as { kept?: Record<string, Uint8ClampedArray> }).kept ??= {});
      const before = act === 'keep' ? data : kept[name];
      kept[name] = data;
      let [painted, apart] = [0, 0];
      const colours = new Set<number>();
      for (let p = 0; p < data.length; p += 4) {
        if (data[p + 3]! > 0) painted++;
        colours.add(data[p]! * 65536 + data[p + 1]! * 256 + data[p + 2]!);
        if (before?.[p + 3] === 255 && [0, 1, 2, 3].some((k) => Math.abs(data[p + k]! - before[p + k]!) > 12)) apart++;
      }
      return { painted, colours: colours.size, apart };
    },
    { name, act },
  );
}

async function drawBy(page: Page, drawer: 'Graphics card' | 'Processor'): Promise<void> {
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^(✓ )?${drawer}`) }).click();
  if (drawer === 'Graphics card') await expect(page.getByText(/SwiftShader/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitemradio').first()).toBeHidden();
  // What has been asked for is drawn in the next frame.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

test('the graphics card draws what the processor draws: scales, masks and differences, near and far', async ({ page }) => {
  test.setTimeout(600_000);
  await ensureOwner(page.request);
  const base = await signIn(page);
  const evaluations = await evaluatedModels(page.request, [
    { variant: 'plain', seed: 1 },
    { variant: 'searched', seed: 1 },
  ]);
  const { evaluation } = await askApi<{
    evaluation: { reconstructions: { edges: { node: { label: string; maskUrl: string | null; image: { id: string } } }[] } };
  }>(
    page.request,
    'query ($id: ID!) { evaluation(id: $id) { reconstructions(first: 100) { edges { node { label maskUrl image { id } } } } } }',
    {
      id: evaluations[0],
    },
  );
  const { image } = evaluation.reconstructions.edges.map(({ node }) => node).find(({ label, maskUrl }) => label === 'stain' && maskUrl)!;
  const address = `${base}/compare/images?evaluations=${evaluations.join(',')}&image=${image.id}`;
  const residual = page.getByRole('img', { name: /^Residual of the image, B/ });
  const mask = page.getByRole('img', { name: /^Mask over input of the image, B/ });
  const difference = page.getByRole('img', { name: 'Residual of A minus residual of B' });

  await test.step('by itself an emulated graphics card is not taken', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page.getByRole('menuitemradio', { name: /Automatic\s*the processor/ })).toBeChecked();
    await page.keyboard.press('Escape');
  });

  for (const { what, query, panes } of [
    { what: 'fitted', query: '', panes: { residual, mask } },
    { what: 'single pixels', query: '&view=40.21,30.37,9.73', panes: { residual, mask } },
    { what: 'several pixels on one', query: '&view=64,64,0.37&colours=cividis&measure=mse', panes: { residual, mask } },
    { what: 'a difference', query: '&compare=difference', panes: { difference } },
  ])
    await test.step(what, async () => {
      await page.goto(address + query);
      for (const pane of Object.values(panes)) await expect(pane).toBeVisible();
      await expect.poll(async () => (await pixels(Object.values(panes)[0]!, 'first', 'keep')).colours).toBeGreaterThan(20);
      await drawBy(page, 'Processor');
      const drawn = new Map<string, Compared>();
      for (const [name, pane] of Object.entries(panes)) drawn.set(name, await pixels(pane, name, 'keep'));
      await drawBy(page, 'Graphics card');
      for (const [name, pane] of Object.entries(panes)) {
        const { painted, colours } = drawn.get(name)!;
        const now = await pixels(pane, name, 'compare');
        expect(painted, name).toBeGreaterThan(1000);
        expect(colours, name).toBeGreaterThan(20);
        expect(Math.abs(now.painted - painted), `${name}: the edge at most`).toBeLessThanOrEqual(4 * Math.sqrt(painted) + 4);
        // The border of two pixels may fall on the other side of a device pixel's middle.
        expect(now.apart / painted, `${name}: pixels apart`).toBeLessThan(0.005);
      }
    });

  await test.step('frames a second (figures, not conditions)', async () => {
    await page.goto(address);
    await expect(mask).toBeVisible();
    for (const drawer of ['Processor', 'Graphics card'] as const) {
      await drawBy(page, drawer);
      const slid = await framesWhileSliding(page.getByRole('slider', { name: 'T of A', exact: true }));
      const zoomed = await framesWhileZooming(residual);
      console.log(
        `${drawer === 'Processor' ? 'processor' : 'graphics card, emulated'}: threshold ${framesText(slid)}; zoom ${framesText(zoomed)}`,
      );
    }
  });
});
