import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePng, quantise, readGrey, type Grey } from './grey.ts';
import { cropSide, planDataset, textures, type PlannedImage, type Texture } from './plan.ts';
import { renderImage } from './render.ts';

export { defectKinds } from './defects/index.ts';
export { cropSide, planDataset, planImage, textures, type PlannedImage, type Texture } from './plan.ts';
export { renderImage } from './render.ts';

/** A dataset folder in the MVTec AD layout (plus `validation/good`). */
export interface SampleDataset {
  readonly name: Texture;
  readonly dir: string;
}

const textureFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'textures');

/** The 512 × 512 photograph a dataset is cut from. */
export function readTexture(texture: Texture): Promise<Grey> {
  return readGrey(join(textureFolder, `${texture}.png`));
}

async function writeImage(photograph: Grey, planned: PlannedImage, dir: string): Promise<void> {
  const { image, mask } = renderImage(photograph, planned);
  await writeFile(join(dir, planned.split, planned.label, `${planned.stem}.png`), await encodePng(quantise(image), cropSide, cropSide));
  if (mask === null) return;
  const white = mask.map((inside) => inside * 255);
  await writeFile(join(dir, 'ground_truth', planned.label, `${planned.stem}_mask.png`), await encodePng(white, cropSide, cropSide));
}

/** Writes one sample dataset as the folder `dir`; see `writeSampleDatasets`. */
export async function writeSampleDataset(texture: Texture, dir: string): Promise<void> {
  const photograph = await readTexture(texture);
  const plan = planDataset(texture);
  const folders = new Set(plan.map(({ split, label }) => join(dir, split, label)));
  for (const { label } of plan) if (label !== 'good') folders.add(join(dir, 'ground_truth', label));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  for (const planned of plan) await writeImage(photograph, planned, dir);
}

/**
 * Writes the three sample datasets below `outDir`, one folder each: 144 × 144 grey PNGs cut from the photographs at any angle, with synthetic
 * defects and their masks in the test split. Every pixel is the same on every run and every machine.
 */
export async function writeSampleDatasets(outDir: string): Promise<SampleDataset[]> {
  const datasets = textures.map((name) => ({ name, dir: join(outDir, name) }));
  await Promise.all(datasets.map(({ name, dir }) => writeSampleDataset(name, dir)));
  return datasets;
}
