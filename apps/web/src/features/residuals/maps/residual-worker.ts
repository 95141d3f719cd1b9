import { resizeNearest, type FloatMap, type Mask } from '@plumbline/ml/geometry';
import { upsampleMap } from '@plumbline/ml/residuals';
import { decodePicture, fromPixelImage, toMask, toPixelImage, type Picture } from '../pixels/decode.ts';
import { orientationSweep, turnedPatches } from '../pixels/patches.ts';
import { shownMap } from '../pixels/shown-map.ts';
import { countPixels } from '../pixels/pixel-counts.ts';
import { ThresholdEdges } from '../pixels/threshold-edges.ts';
import { ByteCache } from './byte-cache.ts';
import type { PoolAnswer } from './task-pool.ts';
import { buffersOf, type ResidualResult, type ResidualTask } from './tasks.ts';

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope {
  onmessage: ((event: MessageEvent<{ id: number; task: ResidualTask }>) => void) | null;
  postMessage(message: PoolAnswer<ResidualResult>, transfer: Transferable[]): void;
}
const scope = self as unknown as WorkerScope;

/** Decoded pictures stay here, so that another window or measure needs no second decoding. */
const pictures = new ByteCache<Picture>(48 * 2 ** 20);

async function picture(url: string): Promise<Picture> {
  const known = pictures.get(url);
  if (known) return known;
  const response = await fetch(url, { credentials: 'same-origin' });
  const name = `The file ${url.replace(/\?.*$/, '')}`;
  if (!response.ok)
    throw new Error(`${name} could not be read (${response.status}): sign in again, or evaluate the checkpoint again if it stays so.`);
  const decoded = await decodePicture(await response.blob(), name);
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
      return fromPixelImage(turnedPatches(toPixelImage(await picture(task.url)), task.turning, task.degrees));
    case 'sweep':
      return orientationSweep(toPixelImage(await picture(task.url)), task.turning, task.patch);
  }
}

scope.onmessage = ({ data: { id, task } }) => {
  compute(task).then(
    (result) => scope.postMessage({ id, result }, buffersOf(result)),
    (error: unknown) => scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, []),
  );
};
