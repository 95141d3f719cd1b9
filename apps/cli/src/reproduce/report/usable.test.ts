import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, DatasetImage } from '@plumbline/ml/datasets';
import { decodeImage, encodePng8 } from '@plumbline/ml/images';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, texture } from '../../../../../packages/ml/src/training/fixture.ts';
import { lookGrey } from '../sources.ts';
import { emptyMask, reducedMask } from './pictures.ts';
import { samplerSection } from './sampler.ts';
import { firstUsable, NONE_USABLE, usableGood } from './usable.ts';

let folder: ReturnType<typeof temporaryFolder>;
let whole: Uint8Array;
beforeAll(async () => {
  folder = temporaryFolder();
  whole = await encodePng8(texture(1));
});
afterAll(() => folder.remove());

/** An image of a class, as whole, cut off or small as its name says. */
async function image(split: 'train' | 'test', name: string): Promise<DatasetImage> {
  const file = join(folder.path, split, `${name}.png`);
  mkdirSync(join(file, '..'), { recursive: true });
  const small = name.startsWith('small') ? await encodePng8(texture(2, 60)) : whole;
  const coloured = name.startsWith('colour');
  const data = Float32Array.from({ length: 3 * 128 * 128 }, (_, i) => (i % 3) / 2);
  const bytes = coloured ? await encodePng8({ width: 128, height: 128, channels: 3, data }) : small;
  writeFileSync(file, name.startsWith('cut') ? bytes.subarray(0, bytes.length / 2) : bytes);
  return { id: `${split}/good/${name}`, split, label: 'good', name: `${name}.png`, file, mask: null };
}
const dataset = async (train: readonly string[], tested: readonly string[]): Promise<Dataset> => ({
  name: 'stripes',
  images: [
    ...(await Promise.all(train.map((name) => image('train', name)))),
    ...(await Promise.all(tested.map((name) => image('test', name)))),
  ],
});
const named = (found: readonly { readonly image: DatasetImage }[]): string[] => found.map(({ image: { id } }) => id);

describe('images for a report', () => {
  test('are the first that can be decoded and are large enough, no more than asked for', async () => {
    const { images } = await dataset([], ['cut-0', 'a', 'small-1', 'b', 'c']);
    const large = async ({ file }: DatasetImage) => {
      const pixels = await decodeImage(file);
      return pixels.width > 100 ? pixels : null;
    };
    expect(named(await firstUsable(images, 2, large))).toEqual(['test/good/a', 'test/good/b']);
    expect(named(await firstUsable(images, 9, large))).toHaveLength(3);
  });

  test('are of the test, or of the training where none of the test can be used', async () => {
    const decoded = ({ file }: DatasetImage) => decodeImage(file);
    expect(named(await usableGood(await dataset(['a'], ['cut-0', 'b']), 2, decoded))).toEqual(['test/good/b']);
    expect(named(await usableGood(await dataset(['a'], ['cut-0']), 2, decoded))).toEqual(['train/good/a']);
  });

  test('what is no fault of an image is not hidden', async () => {
    const { images } = await dataset([], ['a']);
    await expect(firstUsable(images, 1, () => Promise.reject(new Error('out of memory')))).rejects.toThrow('out of memory');
  });

  test('the section of samplers takes the first usable one, and says where there is none', async () => {
    const shown = await samplerSection([{ name: 'stripes', dataset: await dataset([], ['cut-0', 'small-1', 'b']) }]);
    expect(shown.section.body).toContain('good/b');
    expect(Object.keys(shown.drawn)).toContain('sampler-stripes-legacy-45');
    const none = await samplerSection([{ name: 'stripes', dataset: await dataset(['cut-a'], ['small-1']) }]);
    expect(none.section.body).toContain(NONE_USABLE);
    expect(none.drawn).toEqual({});
  });

  test('a mask that is cut off or of another size is none', async () => {
    const map = { width: 128, height: 128, data: new Float32Array(128 * 128) };
    const { file } = await image('test', 'whole');
    expect(await reducedMask(file, map)).toMatchObject({ width: 128, height: 128 });
    expect(await reducedMask((await image('test', 'cut-mask')).file, map)).toBeNull();
    expect(await reducedMask(file, { ...map, width: 64 })).toBeNull();
    expect(emptyMask(map).data.every((value) => value === 0)).toBe(true);
  });
});

test('a class is grey by its first images that can be decoded, and not where none can', async () => {
  const grey = async (...names: string[]) => await lookGrey(await dataset(names, []));
  expect(await grey('a', 'b')).toBe(true);
  expect(await grey('cut-0', 'cut-1', 'cut-2', 'cut-3', 'colour')).toBe(false);
  expect(await grey('cut-0', 'cut-1')).toBe(false);
  expect(await grey('a', 'b', 'c', 'd', 'colour')).toBe(true);
});
