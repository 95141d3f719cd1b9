import { resizeNearest, type FloatMap, type Mask } from '@plumbline/ml/geometry';
import { residualMap, upsampleMap } from '@plumbline/ml/residuals';
import { decodePicture, toMask, toPixelImage, type Picture } from '../pixels/decode.ts';
import { ByteCache } from './byte-cache.ts';
import type { PoolAnswer } from './task-pool.ts';
import type { ResidualResult, ResidualTask } from './tasks.ts';

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

async function compute(task: ResidualTask): Promise<ResidualResult> {
  if (task.kind === 'picture') {
    const decoded = await picture(task.url);
    return { ...decoded, rgba: decoded.rgba.slice() };
  }
  if (task.kind === 'mask') {
    const mask: Mask = toMask(await picture(task.url));
    return mask.width === task.width && mask.height === task.height ? mask : resizeNearest(mask, task.width, task.height);
  }
  const [input, reconstruction] = await Promise.all([picture(task.inputUrl), picture(task.reconstructionUrl)]);
  const map: FloatMap = residualMap(task.measure, toPixelImage(input), toPixelImage(reconstruction), task.options);
  return task.size ? upsampleMap(map, task.size.width, task.size.height) : map;
}

scope.onmessage = ({ data: { id, task } }) => {
  compute(task).then(
    (result) => scope.postMessage({ id, result }, [('rgba' in result ? result.rgba : result.data).buffer as ArrayBuffer]),
    (error: unknown) => scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, []),
  );
};
