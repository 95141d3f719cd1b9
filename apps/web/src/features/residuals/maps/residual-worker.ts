import { resizeNearest, type FloatMap, type Mask } from '@plumbline/ml/geometry';
import { upsampleMap } from '@plumbline/ml/residuals';
import { answerTasks } from '#web/lib/answer-tasks.ts';
import { fromPixelImage, toMask, toPixelImage, type Picture } from '../pixels/decode.ts';
import { fetchPicture } from '../pixels/fetch-picture.ts';
import { orientationSweep, turnedPatches } from '../pixels/patches.ts';
import { shownMap } from '../pixels/shown-map.ts';
import { countPixels } from '../pixels/pixel-counts.ts';
import { ThresholdEdges } from '../pixels/threshold-edges.ts';
import { ByteCache } from './byte-cache.ts';
import { buffersOf, type ResidualResult, type ResidualTask } from './tasks.ts';

/** Decoded pictures stay here, so that another window or measure needs no second decoding. */
const pictures = new ByteCache<Picture>(48 * 2 ** 20);

async function picture(url: string): Promise<Picture> {
  const known = pictures.get(url);
  if (known) return known;
  const decoded = await fetchPicture(url);
  pictures.set(url, decoded, decoded.rgba.byteLength);
  return decoded;
}

async function maskOf(url: string, { width, height }: { width: number; height: number }): Promise<Mask> {
  const mask = toMask(await picture(url));
  return mask.width === width && mask.height === height ? mask : resizeNearest(mask, width, height);
}

async function mapOf(task: Extract<ResidualTask, { kind: 'map' | 'counts' }>): Promise<FloatMap> {
  const [input, reconstruction] = await Promise.all([picture(task.inputUrl), picture(task.reconstructionUrl)]);
  const map = shownMap(task.measure, toPixelImage(input), toPixelImage(reconstruction), task.options);
  return task.size ? upsampleMap(map, task.size.width, task.size.height) : map;
}

/** The bins of the set that is being counted: they are the same for thousands of images. */
let bins: { readonly key: string; readonly edges: ThresholdEdges } | null = null;
function edgesFor(thresholds: readonly number[]): ThresholdEdges {
  const key = thresholds.join();
  if (bins?.key !== key) bins = { key, edges: new ThresholdEdges(thresholds) };
  return bins.edges;
}

async function compute(task: ResidualTask): Promise<ResidualResult> {
  switch (task.kind) {
    case 'picture': {
      const decoded = await picture(task.url);
      return { ...decoded, rgba: decoded.rgba.slice() };
    }
    case 'mask':
      return await maskOf(task.url, task);
    case 'map':
      return await mapOf(task);
    case 'counts': {
      const [map, truth] = await Promise.all([mapOf(task), task.maskUrl === null ? null : maskOf(task.maskUrl, task.size)]);
      return countPixels(map, truth, edgesFor(task.thresholds));
    }
    case 'patches':
      return fromPixelImage(turnedPatches(toPixelImage(await picture(task.url)), task.turning, task.turns));
    case 'sweep':
      return orientationSweep(toPixelImage(await picture(task.url)), task.turning, task.patch);
  }
}

answerTasks(compute, buffersOf);
