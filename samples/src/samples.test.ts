import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readMvtecDataset } from '@plumbline/ml/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defectKinds, largestShift, leastChanged } from './defects/index.ts';
import { quantise, readGrey, type Grey } from './grey.ts';
import { readTexture, writeSampleDatasets } from './index.ts';
import { counts, cropSide, halfExtent, planDataset, regions, textures, type PlannedImage, type Texture } from './plan.ts';
import { cutTurned, renderImage, type RenderedImage } from './render.ts';

/** sha256 over names and decoded pixels of all three datasets: a change here is a change of everyone's sample project. */
const PINNED = '15df493b760940162b3d724b2e7c218a72da1fd4cdf47e79d46719e1ced4c193';

const photographs = new Map<Texture, Grey>();
const defective = new Map<Texture, { planned: PlannedImage; rendered: RenderedImage }[]>();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-samples-'));
  for (const texture of textures) {
    const photograph = await readTexture(texture);
    photographs.set(texture, photograph);
    const planned = planDataset(texture).filter(({ label }) => label !== 'good');
    defective.set(
      texture,
      planned.map((image) => ({ planned: image, rendered: renderImage(photograph, image) })),
    );
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Area under the ROC curve of scores against labels, ties counted half. */
function rocAuc(scores: readonly number[], labels: readonly number[]): number {
  const order = scores.map((score, index) => ({ score, label: labels[index]! })).sort((a, b) => a.score - b.score);
  let ranks = 0;
  let positives = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && order[end]!.score === order[start]!.score) end++;
    for (let index = start; index < end; index++) {
      if (order[index]!.label === 1) {
        ranks += (start + end + 1) / 2;
        positives++;
      }
    }
    start = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

describe('regions of the photograph', () => {
  it('of train, validation and test share no pixel', () => {
    const owned = new Set<number>();
    let pixels = 0;
    for (const split of ['train', 'validation', 'test'] as const) {
      const { left, top, right, bottom } = regions[split];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          owned.add(y * 512 + x);
          pixels++;
        }
      }
    }
    expect(owned.size).toBe(pixels);
  });

  it('are all that an image depends on: painting the rest of the photograph changes nothing', () => {
    const photograph = photographs.get('gravel')!;
    for (const split of ['train', 'validation', 'test'] as const) {
      const region = regions[split];
      const painted = photograph.data.map((value, index) => {
        const x = index % photograph.width;
        const y = Math.floor(index / photograph.width);
        return x >= region.left && x < region.right && y >= region.top && y < region.bottom ? value : Number.NaN;
      });
      for (const planned of planDataset('gravel')
        .filter((image) => image.split === split)
        .slice(0, 24)) {
        const { image } = renderImage({ ...photograph, data: painted }, planned);
        expect(image.data.some(Number.isNaN)).toBe(false);
      }
    }
  });

  it('refuse a crop that would need a pixel outside them', () => {
    const crop = { centreX: halfExtent(0.3) + 0.5, centreY: 150, angle: 0.3 };
    expect(() => cutTurned(photographs.get('brick')!, regions.train, crop)).toThrow(/outside its region/);
  });
});

describe.each(textures)('defects on %s', (texture) => {
  it('leave every pixel outside their mask exactly as photographed, and change nearly every one inside', () => {
    for (const { rendered, planned } of defective.get(texture)!) {
      const before = quantise(rendered.clean);
      const after = quantise(rendered.image);
      let strayed = 0;
      let inside = 0;
      let changed = 0;
      for (let index = 0; index < before.length; index++) {
        if (rendered.mask![index] === 0) {
          if (after[index] !== before[index]) strayed++;
          continue;
        }
        inside++;
        if (after[index] !== before[index]) changed++;
      }
      expect(strayed, `${planned.label} ${planned.stem}`).toBe(0);
      expect(inside).toBeGreaterThan(80);
      expect(inside).toBeLessThan(0.15 * cropSide ** 2);
      expect(changed / inside).toBeGreaterThanOrEqual(leastChanged - 0.01);
    }
  });

  it('hardly change the mean brightness of what they cover', () => {
    for (const { rendered } of defective.get(texture)!) {
      let change = 0;
      let pixels = 0;
      rendered.mask!.forEach((inside, index) => {
        if (inside === 0) return;
        change += rendered.image.data[index]! - rendered.clean.data[index]!;
        pixels++;
      });
      expect(Math.abs(change / pixels)).toBeLessThanOrEqual(largestShift + 1e-3);
    }
  });

  it('are not found by brightness alone, neither per pixel nor per image', () => {
    const scores: number[] = [];
    const labels: number[] = [];
    for (const { rendered } of defective.get(texture)!) {
      for (let index = 0; index < rendered.mask!.length; index += 7) {
        scores.push(rendered.image.data[index]!);
        labels.push(rendered.mask![index]!);
      }
    }
    const typical = [...scores].sort((a, b) => a - b)[Math.floor(scores.length / 2)]!;
    const unusual = scores.map((score) => Math.abs(score - typical));
    for (const measure of [scores, unusual]) {
      expect(rocAuc(measure, labels)).toBeGreaterThan(0.32);
      expect(rocAuc(measure, labels)).toBeLessThan(0.68);
    }
    const photograph = photographs.get(texture)!;
    const good = planDataset(texture).filter(({ split, label }) => split === 'test' && label === 'good');
    const pictures = [
      ...good.map((planned) => renderImage(photograph, planned).image),
      ...defective.get(texture)!.map(({ rendered }) => rendered.image),
    ];
    const brightest = pictures.map((picture) => Math.max(...picture.data));
    expect(
      rocAuc(
        brightest,
        pictures.map((_, index) => (index < good.length ? 0 : 1)),
      ),
    ).toBeLessThan(0.75);
  });
});

describe('writeSampleDatasets', () => {
  const digest = async (dir: string): Promise<string> => {
    const hash = createHash('sha256');
    const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    for (const path of paths) hash.update(relative(dir, path)).update(quantise(await readGrey(path)));
    return hash.digest('hex');
  };

  it('writes the same pixels every time, in the layout of MVTec AD', async () => {
    const first = await writeSampleDatasets(join(folder, 'first'));
    expect(first.map(({ name }) => name)).toEqual(['brick', 'grass', 'gravel']);
    await writeSampleDatasets(join(folder, 'second'));
    expect(await digest(join(folder, 'first'))).toBe(await digest(join(folder, 'second')));
    expect(await digest(join(folder, 'first'))).toBe(PINNED);
    for (const { dir } of first) {
      const { images } = await readMvtecDataset(dir);
      const count = (split: string, label: string): number =>
        images.filter((image) => image.split === split && image.label === label).length;
      expect(count('train', 'good')).toBe(counts.train);
      expect(count('validation', 'good')).toBe(counts.validation);
      expect(count('test', 'good')).toBe(counts.good);
      for (const kind of defectKinds) expect(count('test', kind)).toBe(counts.defective);
      expect(images.filter(({ mask }) => mask !== null).length).toBe(defectKinds.length * counts.defective);
    }
  }, 60_000);
});
