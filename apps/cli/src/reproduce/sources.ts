import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { datasetHash, imagesOf, readMvtecDataset, type Dataset } from '@plumbline/ml';
import type { ExperimentClass } from '@plumbline/ml/experiment';
import type { PixelImage } from '@plumbline/ml/geometry';
import { BadImageError, decodeImage, inspectImage } from '@plumbline/ml/images';
import { textures, writeSampleDataset } from '@plumbline/samples';
import { UsageError } from '../failure.ts';
import { folder } from '../options.ts';

const SAMPLE = 'sample:';

/** A class of the experiment with what its costs depend on. */
export interface ClassSource extends ExperimentClass {
  readonly dir: string;
  readonly dataset: Dataset;
  /** Of a typical image. */
  readonly width: number;
  readonly height: number;
}

/** Refuses what names neither a folder nor a sample, before anything is written. */
export function requireSources(given: readonly string[]): void {
  for (const source of given) {
    if (!source.startsWith(SAMPLE)) folder('--data', source);
    else if (!textures.some((texture) => source === SAMPLE + texture))
      throw new UsageError(`--data ${source}: there is no such sample; give one of ${textures.map((name) => SAMPLE + name).join(', ')}.`);
  }
}

/** The classes behind `--data`: folders in MVTec AD layout, or samples, which are written below `out` first. */
export async function readSources(given: readonly string[], out: string): Promise<ClassSource[]> {
  const sources: ClassSource[] = [];
  for (const source of given) {
    const texture = textures.find((name) => source === SAMPLE + name);
    sources.push(await describe(texture === undefined ? folder('--data', source) : await sampleFolder(texture, out)));
  }
  return sources;
}

async function sampleFolder(texture: (typeof textures)[number], out: string): Promise<string> {
  const dir = join(out, 'data', texture);
  if (existsSync(dir)) return dir;
  // Under its own name only when it is whole.
  const part = `${dir}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(dirname(dir), { recursive: true });
  await writeSampleDataset(texture, part);
  await rename(part, dir);
  return dir;
}

async function describe(dir: string): Promise<ClassSource> {
  const dataset = await readMvtecDataset(dir);
  const sizes: { width: number; height: number; channels: 1 | 3 }[] = [];
  for (const image of imagesOf(dataset, 'train')) {
    try {
      sizes.push(await inspectImage(image.file, { name: image.name }));
    } catch (error) {
      // Training says which images it leaves out, and why.
      if (!(error instanceof BadImageError)) throw error;
    }
  }
  const [first] = sizes;
  if (!first) throw new UsageError(`--data ${dir}: none of the images in train/good can be used; put photographs of good parts there.`);
  return {
    name: dataset.name,
    dataHash: await datasetHash(dataset),
    shortSide: Math.min(...sizes.map(({ width, height }) => Math.min(width, height))),
    channels: sizes.every(({ channels }) => channels === 1) || (await lookGrey(dataset)) ? 1 : 3,
    dir,
    dataset,
    width: first.width,
    height: first.height,
  };
}

/** How many images are looked at to tell grey ones that are stored in three channels. */
const LOOKED_AT = 4;

/** Whether the first training images that can be decoded hold no colour, though their files could; false where none can. */
export async function lookGrey(dataset: Dataset): Promise<boolean> {
  let looked = 0;
  for (const image of imagesOf(dataset, 'train')) {
    if (looked === LOOKED_AT) break;
    let pixels: PixelImage;
    try {
      pixels = await decodeImage(image.file, { name: image.name });
    } catch (error) {
      if (!(error instanceof BadImageError)) throw error;
      continue;
    }
    looked += 1;
    const { data, channels } = pixels;
    if (channels === 3) for (let i = 0; i < data.length; i += 3) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return looked > 0;
}
