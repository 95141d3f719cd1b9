import type { Measure } from '../residuals/index.ts';
import { csv } from './csv-text.ts';

/** Folders of an evaluation's residual maps, in the layout that MVTec's evaluation code reads. */
export const MAP_FOLDERS: Readonly<Record<Measure, string>> = { ssim: 'anomaly_maps', mse: 'anomaly_maps_mse' };

/** A class, label or file name as one folder or file name. */
const pathPart = (name: string): string => name.replaceAll(/[\\/\0]/g, '_').replace(/^\.+/, (dots) => '_'.repeat(dots.length));

export interface EvaluatedFileNames {
  readonly input: string;
  readonly reconstruction: string;
  readonly maps: Readonly<Record<Measure, string>>;
}

/**
 * Where an image's files lie in an evaluation's folder.
 * @param imageId `split/label/stem`
 */
export function evaluatedFileNames(imageId: string, label: string, className: string, split: string): EvaluatedFileNames {
  const stem = imageId.split('/').slice(2).join('/') || imageId;
  const name = [split, pathPart(label), pathPart(stem)].join('/');
  const map = (measure: Measure): string => `${MAP_FOLDERS[measure]}/${pathPart(className)}/${name}.tiff`;
  return { input: `inputs/${name}.png`, reconstruction: `reconstructions/${name}.png`, maps: { ssim: map('ssim'), mse: map('mse') } };
}

interface ScoredImage {
  readonly imageId: string;
  readonly label: string;
  readonly scores: Readonly<Record<Measure, number>>;
}

/** scores.csv: a line an image, as `parseScores` reads it. */
export function renderScores(images: readonly ScoredImage[]): string {
  return csv(
    ['image', 'label', 'ssim', 'mse'],
    images.map(({ imageId, label, scores }) => [imageId, label, scores.ssim, scores.mse]),
  );
}

/** orientations.csv: α of every patch, degrees in [0, 360); null where the regime turns none. */
export function renderOrientations(
  images: readonly { readonly imageId: string; readonly orientations?: readonly number[] }[],
): string | null {
  const rows = images.flatMap(({ imageId, orientations = [] }) => orientations.map((degrees, patch) => [imageId, patch, degrees]));
  return rows.length > 0 ? csv(['image', 'patch', 'degrees'], rows) : null;
}
