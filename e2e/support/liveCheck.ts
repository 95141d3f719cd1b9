import { readFile } from 'node:fs/promises';
import { decodeFloat32Tiff } from '@plumbline/ml/images';
import type { Page } from '@playwright/test';
import { askApi } from './askApi.ts';
import { expect, test } from './test.ts';

interface Measured {
  readonly name: string;
  readonly image: { readonly id: string };
  readonly residualMaps: readonly {
    readonly measure: 'ssim' | 'mse';
    readonly score: number;
    readonly tiffUrl: string;
    readonly maximum: number;
  }[];
}
interface Evaluated {
  readonly thresholds: Readonly<Record<'ssim' | 'mse', { readonly image: number; readonly pixel: number }>>;
  readonly reconstructions: { readonly edges: readonly { readonly node: Measured }[] };
}

const evaluated = async (page: Page, id: string): Promise<Evaluated> =>
  (
    await askApi<{ evaluation: Evaluated }>(
      page.request,
      `query ($id: ID!) { evaluation(id: $id) { thresholds reconstructions(first: 500) { edges { node {
        name image { id } residualMaps { measure score maximum tiffUrl } } } } } }`,
      { id },
    )
  ).evaluation;

const bytesOf = async (page: Page, url: string): Promise<Buffer> => {
  const answer = await page.request.get(url);
  expect(answer.ok(), url).toBe(true);
  return answer.body();
};

/** The page of live check with an evaluation's model open. */
export async function openModel(page: Page, base: string, evaluationId: string, engine?: 'webgpu'): Promise<void> {
  await page.goto(`${base}/live?evaluation=${evaluationId}${engine ? `&engine=${engine}` : ''}`);
  await expect(page.getByText(/^Computes on (WebAssembly|WebGPU)/)).toBeVisible({ timeout: 60_000 });
}

/** What the server said of some of an evaluation's images, and the images as files to be checked. */
export async function someOf(page: Page, evaluationId: string) {
  const { thresholds, reconstructions } = await evaluated(page, evaluationId);
  const all = reconstructions.edges.map(({ node }) => node);
  // The most conspicuous, the least conspicuous, and what lies between them.
  const chosen = [0, Math.floor(all.length / 3), Math.floor((2 * all.length) / 3), all.length - 1].map((at) => all[at]!);
  const files = await Promise.all(
    chosen.map(async ({ image }, n) => ({
      name: `image ${n}.png`,
      mimeType: 'image/png',
      buffer: await bytesOf(page, `/files/images/${image.id}/original`),
    })),
  );
  return { thresholds, chosen, files };
}

/** Verdicts, maps and scores of the checked images are those of the server. */
export async function agrees(page: Page, chosen: readonly Measured[], thresholds: Evaluated['thresholds']): Promise<void> {
  for (const measure of ['ssim', 'mse'] as const) {
    if (measure === 'mse') await page.getByRole('radio', { name: 'MSE' }).click();
    for (const [n, { residualMaps }] of chosen.entries()) {
      const map = residualMaps.find((one) => one.measure === measure)!;
      const option = page.getByRole('option', { name: new RegExp(`^image ${n}\\.png`) });
      await option.click();
      const result = page.getByRole('region', { name: `Result of image ${n}.png` });
      await expect(result).toBeVisible();
      const verdict = map.score >= thresholds[measure].image ? 'defective' : 'good';
      await expect(result.getByText(verdict, { exact: true })).toBeVisible();
      const [download] = await Promise.all([page.waitForEvent('download'), result.getByRole('button', { name: /TIFF/ }).click()]);
      const here = decodeFloat32Tiff(await readFile(await download.path()));
      const there = decodeFloat32Tiff(await bytesOf(page, map.tiffUrl));
      expect([here.width, here.height]).toEqual([there.width, there.height]);
      // The scale: SSIM's residual is one of 0…1, a squared error is measured by the map's largest.
      const scale = measure === 'ssim' ? 1 : map.maximum;
      const differences = there.data.map((value, i) => Math.abs(value - here.data[i]!) / scale);
      const worst = differences.reduce((most, value) => Math.max(most, value), 0);
      const beyond = differences.filter((value) => value > 1e-3).length / differences.length;
      test.info().annotations.push({
        type: `${measure} ${n}`,
        description: `largest difference of the maps ${worst.toExponential(2)} of the scale, ${(100 * beyond).toFixed(3)} % of the pixels beyond 1e-3`,
      });
      // Engines add in other orders, and the reconstruction is rounded to 8 bit: here and there a pixel is one grey level more or less, and with
      // it what lies within its window of 11 × 11. In a small image two of them are already a share.
      const two = (2 * 11 ** 2) / here.data.length;
      expect(beyond, `share of the ${measure} map of image ${n} beyond 1e-3`).toBeLessThanOrEqual(1e-3 + two);
      const oneLevel = measure === 'mse' ? (2 * Math.sqrt(map.maximum) + 1) / map.maximum : 5e-3;
      expect(worst, `${measure} map of image ${n}`).toBeLessThanOrEqual(oneLevel);
    }
  }

  await test.step('the list as CSV has the server’s scores and verdicts', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const [head = '', ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    const columns = head.split(',');
    for (const [n, { residualMaps }] of chosen.entries()) {
      const cells = lines[n]!.split(',');
      for (const { measure, score, maximum } of residualMaps) {
        const here = Number(cells[columns.indexOf(`${measure}_score`)]);
        expect(Math.abs(here - score) / (measure === 'ssim' ? 1 : maximum), `${measure} score of image ${n}`).toBeLessThanOrEqual(1e-3);
        expect(cells[columns.indexOf(`${measure}_verdict`)]).toBe(score >= thresholds[measure].image ? 'defective' : 'good');
      }
    }
  });
}
