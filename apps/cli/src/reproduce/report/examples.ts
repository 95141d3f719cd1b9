import { existsSync } from 'node:fs';
import { imagesOf, type Dataset, type DatasetImage } from '@plumbline/ml';
import type { FloatMap } from '@plumbline/ml/geometry';
import { readFloat32Tiff } from '@plumbline/ml/images';
import { quantileOfMaps } from '@plumbline/ml/metrics';
import type { ExperimentFolder } from '../experiment-folder.ts';
import type { Results } from '../results.ts';
import type { ClassSource } from '../sources.ts';
import { heading, paragraph, pictures, type Html, type Picture, type Section } from './html.ts';
import { colouredMap, outlined, pictureUri, reducedMask, reducedPicture } from './pictures.ts';

/** Of each class: one good image and one of each of the first defects. */
const DEFECTS = 2;
/** The colour scale ends at this quantile of the shown maps, so that one bright pixel does not darken all. */
const TOP = 0.999;

/** The first good test image, and the first of as many kinds of defect. */
export function exampleImages(dataset: Dataset): DatasetImage[] {
  const images = imagesOf(dataset, 'test');
  const labels = [...new Set(images.map((image) => image.label))].filter((label) => label !== 'good').slice(0, DEFECTS);
  return ['good', ...labels].flatMap((label) => images.find((image) => image.label === label) ?? []);
}

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

async function classExamples(
  folder: ExperimentFolder,
  regimes: readonly string[],
  seed: number,
  { name, dataset }: ClassSource,
): Promise<Html> {
  const evaluations = regimes
    .map((regime) => ({ regime, at: (...parts: string[]) => folder.at('evaluations', name, regime, `seed-${seed}`, ...parts) }))
    .filter(({ at }) => existsSync(at('metrics.json')));
  const rows: { image: DatasetImage; maps: FloatMap[] }[] = [];
  for (const image of exampleImages(dataset)) {
    const files = evaluations.map(({ at }) => at('anomaly_maps', name, `${image.id}.tiff`));
    // An image that could not be used has no map.
    if (files.length > 0 && files.every((file) => existsSync(file)))
      rows.push({ image, maps: await Promise.all(files.map(readFloat32Tiff)) });
  }
  const all = rows.flatMap(({ maps }) => maps.map((map) => map.data));
  if (all.length === 0) return '';
  const top = quantileOfMaps(all, TOP) || 1;
  const strips = await Promise.all(
    rows.map(async ({ image, maps }) => {
      const mask = await reducedMask(image.mask, maps[0]!);
      const input = await reducedPicture(image.file);
      const name = image.id.replace('test/', '');
      const first: Picture[] = [{ uri: await pictureUri(input), caption: name }];
      const second: Picture[] = [
        { uri: await pictureUri(outlined(input, mask)), caption: image.label === 'good' ? 'no defect' : 'its mask' },
      ];
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
