import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodePng8 } from '../images/index.ts';
import {
  classifyMvtecPath,
  datasetHash,
  decodeImages,
  imagesOf,
  readMvtecDataset,
  withValidationSplit,
  type ImageProblem,
} from './index.ts';

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'plumbline-dataset-')), 'brick');
});
afterEach(() => rm(dirname(dir), { recursive: true }));

async function put(path: string, content: Buffer | string = path): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), content);
}
async function putAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await put(path);
}
const usual = [
  ...Array.from({ length: 10 }, (_, i) => `train/good/${String(i).padStart(3, '0')}.png`),
  'test/good/000.png',
  'test/crack/000.png',
  'test/crack/001.png',
  'ground_truth/crack/000_mask.png',
];

describe('readMvtecDataset', () => {
  it('finds splits, labels and masks; a defect without an outline has none', async () => {
    await putAll([...usual, 'license.txt', 'test/.DS_Store', 'test/crack/Thumbs.db', 'train/good/readme.md']);
    const { name, images } = await readMvtecDataset(dir);
    expect(name).toBe('brick');
    expect(images).toHaveLength(13);
    expect(images.find((image) => image.id === 'test/crack/000')).toMatchObject({
      split: 'test',
      label: 'crack',
      name: '000.png',
      mask: join(dir, 'ground_truth/crack/000_mask.png'),
    });
    expect(images.find((image) => image.id === 'test/crack/001')?.mask).toBeNull();
    expect(images.find((image) => image.id === 'test/good/000')?.mask).toBeNull();
  });

  it('reads validation/good where it is present', async () => {
    await putAll([...usual, 'validation/good/900.png']);
    expect(imagesOf(await readMvtecDataset(dir), 'validation').map((image) => image.id)).toEqual(['validation/good/900']);
  });

  it('refuses a folder of another layout, a missing one and a file with one sentence', async () => {
    await putAll(['a.png', 'images/good/1.png']);
    await expect(readMvtecDataset(dir)).rejects.toThrow(/is not in MVTec AD's layout: expected train\/good/);
    await expect(readMvtecDataset(join(dir, 'gone'))).rejects.toThrow(/is not a folder; name one class folder/);
    await expect(readMvtecDataset(join(dir, 'a.png'))).rejects.toThrow(/is not a folder/);
  });

  it('refuses two images of one name, since their results would overwrite each other', async () => {
    await putAll([...usual, 'test/good/000.jpg']);
    await expect(readMvtecDataset(dir)).rejects.toThrow(/both 000\.jpg and 000\.png in test\/good; rename one/);
  });
});

describe('classifyMvtecPath', () => {
  it.each([
    ['train/good/a.png', { kind: 'image', split: 'train', label: 'good', stem: 'a', root: '' }],
    ['brick\\test\\crack\\x.y.JPG', { kind: 'image', split: 'test', label: 'crack', stem: 'x.y', root: 'brick' }],
    ['set/brick/ground_truth/crack/a_mask.png', { kind: 'mask', split: 'test', label: 'crack', stem: 'a', root: 'set/brick' }],
    ['validation/good/a', { kind: 'image', split: 'validation', stem: 'a', name: 'a' }],
  ])('%s', (path, expected) => {
    expect(classifyMvtecPath(path)).toMatchObject(expected);
  });

  it.each([
    'a.png',
    'train/crack/a.png',
    'ground_truth/good/a.png',
    'train/good/.a.png',
    '__MACOSX/train/good/a.png',
    '../train/good/a.png',
    'train/good/deep/a.png',
    '',
  ])('nothing: %s', (path) => {
    expect(classifyMvtecPath(path)).toBeNull();
  });
});

describe('withValidationSplit', () => {
  it('holds out the same whole images for a seed, whatever their order, and others for another', async () => {
    await putAll(usual);
    const dataset = await readMvtecDataset(dir);
    const held = (seed: number, images = dataset.images) =>
      imagesOf(withValidationSplit({ ...dataset, images }, 0.2, seed), 'validation')
        .map((image) => image.id)
        .sort();
    expect(held(1)).toHaveLength(2);
    expect(held(1)).toEqual(held(1, dataset.images.toReversed()));
    expect([2, 3, 4].some((seed) => held(seed).join() !== held(1).join())).toBe(true);
    const split = withValidationSplit(dataset, 0.2, 1);
    expect(imagesOf(split, 'train')).toHaveLength(8);
    expect(imagesOf(split, 'test')).toEqual(imagesOf(dataset, 'test'));
  });

  it('leaves a dataset with its own validation images, a single image and a share of 0 alone', async () => {
    await putAll([...usual, 'validation/good/900.png']);
    const dataset = await readMvtecDataset(dir);
    expect(withValidationSplit(dataset, 0.5, 1)).toBe(dataset);
    const single = { name: 'one', images: dataset.images.slice(-1) };
    expect(withValidationSplit(single, 0.5, 1)).toBe(single);
    expect(() => withValidationSplit(dataset, 1, 1)).toThrow(/from 0 to below 1/);
  });
});

describe('datasetHash', () => {
  it('follows content, split, label and mask, not the folder or the order', async () => {
    await putAll(usual);
    const dataset = await readMvtecDataset(dir);
    const hash = await datasetHash(dataset);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await datasetHash({ name: 'other', images: dataset.images.toReversed() })).toBe(hash);
    expect(await datasetHash(withValidationSplit(dataset, 0.2, 1))).not.toBe(hash);
    await rename(join(dir, 'ground_truth/crack/000_mask.png'), join(dir, 'ground_truth/crack/001_mask.png'));
    expect(await datasetHash(await readMvtecDataset(dir))).not.toBe(hash);
    await rename(join(dir, 'ground_truth/crack/001_mask.png'), join(dir, 'ground_truth/crack/000_mask.png'));
    await put('train/good/003.png', 'changed');
    expect(await datasetHash(await readMvtecDataset(dir))).not.toBe(hash);
  });
});

describe('decodeImages', () => {
  it('goes on past a file that cannot be used and reports it by name', async () => {
    const good = await encodePng8({ width: 2, height: 1, channels: 1, data: Float32Array.from([0, 1]) });
    await put('train/good/000.png', good);
    await put('train/good/001.png', 'not an image');
    await put('train/good/002.png', good);
    await put('train/good/003.png', good);
    const { images } = await readMvtecDataset(dir);
    const problems: ImageProblem[] = [];
    const decoded: string[] = [];
    for await (const { image, pixels } of decodeImages(images, (problem) => problems.push(problem))) {
      decoded.push(image.name);
      expect([...pixels.data]).toEqual([0, 1]);
    }
    expect(decoded).toEqual(['000.png', '002.png', '003.png']);
    expect(problems.map(({ error }) => error.message)).toEqual([expect.stringMatching(/^train\/good\/001\.png is not an image/)]);
  });

  it('ends at the first bad file where nobody listens', async () => {
    await put('train/good/001.png', 'not an image');
    const { images } = await readMvtecDataset(dir);
    await expect(decodeImages(images).next()).rejects.toThrow(/001\.png is not an image/);
  });
});
