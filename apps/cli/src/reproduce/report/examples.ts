import { existsSync } from 'node:fs';
import { imagesOf, type DatasetImage } from '@plumbline/ml';
import type { FloatMap, PixelImage } from '@plumbline/ml/geometry';
import { readFloat32Tiff } from '@plumbline/ml/images';
import { quantileOfMaps } from '@plumbline/ml/metrics';
import type { ExperimentFolder } from '../experiment-folder.ts';
import type { Results } from '../results.ts';
import type { ClassSource } from '../sources.ts';
import { heading, paragraph, pictures, type Html, type Picture, type Section } from './html.ts';
import { colouredMap, emptyMask, outlined, pictureUri, reducedMask, reducedPicture } from './pictures.ts';
import { firstUsable } from './usable.ts';

/** Of each class: the first good image that can be shown, and the first of each of the first kinds of defect. */
const DEFECTS = 2;
/** The colour scale ends at this quantile of the shown maps, so that one bright pixel does not darken all. */
const TOP = 0.999;

/** Examples of every class: input, and what each regime makes of it, for the first seed. */
export async function exampleSection(folder: ExperimentFolder, results: Results, sources: readonly ClassSource[]): Promise<Section> {
  const seed = results.seeds[0] ?? 1;
  const parts = await Promise.all(sources.map((source) => classExamples(folder, results.regimes, seed, source)));
  const lead = paragraph(
    `Reconstructions and residual maps (1 − SSIM) of seed ${seed}. The outline is the defect's mask. Maps of one class share one colour scale, from black (0) to pale yellow.`,
    'soft',
  );
  return { id: 'examples', title: 'Examples', body: [lead, ...parts].join('') };
}

/** An image that can be shown: every regime has a map of it. */
interface Example {
  readonly image: DatasetImage;
  readonly input: PixelImage;
  readonly maps: readonly FloatMap[];
}

async function classExamples(
  folder: ExperimentFolder,
  regimes: readonly string[],
  seed: number,
  { name, dataset }: ClassSource,
): Promise<Html> {
  const evaluations = regimes
    .map((regime) => ({ regime, at: (...parts: string[]) => folder.at('evaluations', name, regime, `seed-${seed}`, ...parts) }))
    .filter(({ at }) => existsSync(at('metrics.json')));
  const images = imagesOf(dataset, 'test');
  const labels = [...new Set(images.map((image) => image.label))].filter((label) => label !== 'good').slice(0, DEFECTS);
  const rows: Example[] = [];
  for (const label of evaluations.length > 0 ? ['good', ...labels] : []) {
    const ofLabel = images.filter((image) => image.label === label);
    const files = (image: DatasetImage): string[] => evaluations.map(({ at }) => at('anomaly_maps', name, `${image.id}.tiff`));
    const found = await firstUsable(ofLabel, 1, async (image) => {
      // An image that could not be used has no map.
      if (!files(image).every((file) => existsSync(file))) return null;
      return { input: await reducedPicture(image.file), maps: await Promise.all(files(image).map(readFloat32Tiff)) };
    });
    rows.push(...found.map(({ image, made }) => ({ image, ...made })));
  }
  const all = rows.flatMap(({ maps }) => maps.map((map) => map.data));
  if (all.length === 0) return heading(name) + paragraph('No image that every regime has evaluated can be shown.', 'soft');
  const top = quantileOfMaps(all, TOP) || 1;
  const strips = await Promise.all(
    rows.map(async ({ image, input, maps }) => {
      const read = image.mask === null ? null : await reducedMask(image.mask, maps[0]!);
      const mask = read ?? emptyMask(maps[0]!);
      const name = image.id.replace('test/', '');
      const first: Picture[] = [{ uri: await pictureUri(input), caption: name }];
      const second: Picture[] = [{ uri: await pictureUri(outlined(input, mask)), caption: maskCaption(image, read !== null) }];
      for (const [i, { regime, at }] of evaluations.entries()) {
        const reconstruction = await reducedPicture(at('reconstructions', `${image.id}.png`));
        first.push({ uri: await pictureUri(reconstruction), caption: regime });
        second.push({ uri: await pictureUri(colouredMap(maps[i]!, top, mask)), caption: 'residual' });
      }
      return pictures(first, second);
    }),
  );
  return [heading(`${name} (scale to ${top.toFixed(2)})`), ...strips].join('');
}

function maskCaption({ label, mask }: DatasetImage, read: boolean): string {
  if (label === 'good') return 'no defect';
  if (mask === null) return 'nobody outlined it';
  return read ? 'its mask' : 'its mask cannot be used';
}
