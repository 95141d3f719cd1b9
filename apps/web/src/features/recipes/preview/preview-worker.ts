import type { Mask, PixelImage } from '@plumbline/ml/geometry';
import { patchSteps, scaledFor, type PreviewStep } from '@plumbline/ml/preview';
import { ByteCache } from '../../residuals/maps/byte-cache.ts';
import { decodePicture, toMask, toPixelImage } from '../../residuals/pixels/decode.ts';
import { outlineSegments } from '../../residuals/pixels/outline.ts';
import type { DrawnStep, PreviewAnswer, PreviewRequest } from './preview-tasks.ts';

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PreviewRequest>) => void) | null;
  postMessage(message: PreviewAnswer): void;
}
const scope = self as unknown as WorkerScope;

interface Scaled {
  readonly image: PixelImage;
  readonly mask: Mask | null;
}
/** Photographs at network scale stay here: rolling again, or another loss, needs no second decoding. */
const known = new ByteCache<Scaled>(64 * 2 ** 20);
let latest = 0;

async function read(url: string, name: string): Promise<Awaited<ReturnType<typeof decodePicture>>> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${name} could not be read (${response.status}); sign in again, or choose another image.`);
  const blob = await response.blob();
  try {
    return await decodePicture(blob, name);
  } catch {
    throw new Error(`${name} is in a format that this browser does not show; choose another image. Trainings read it all the same.`);
  }
}

async function scaled({ name, url, maskUrl }: PreviewRequest['images'][number], recipe: PreviewRequest['recipe']): Promise<Scaled> {
  const { geometry, channels } = recipe;
  const key = JSON.stringify([url, maskUrl, channels, geometry.kind === 'image' ? geometry.scale : geometry.resize]);
  const found = known.get(key);
  if (found) return found;
  const [photograph, mask] = await Promise.all([read(url, name), maskUrl === null ? null : read(maskUrl, `The mask of ${name}`)]);
  const made = scaledFor(toPixelImage(photograph), mask && toMask(mask), recipe, name);
  known.set(key, made, made.image.data.byteLength + (made.mask?.data.byteLength ?? 0));
  return made;
}

function drawn({ kind, image, roi, mask }: PreviewStep): DrawnStep {
  const { width, height, channels, data } = image;
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = 255 * data[i * channels + (channels === 3 ? c : 0)]!;
    rgba[4 * i + 3] = 255;
  }
  return { kind, width, height, rgba, roi: roi && outlineSegments(roi), mask: mask && outlineSegments(mask) };
}

/** Lets a newer request in. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function answer({ id, recipe, draw, images }: PreviewRequest): Promise<void> {
  for (const image of images) {
    if (id !== latest) return;
    try {
      const { steps, place, alpha } = patchSteps(await scaled(image, recipe), recipe, { ...draw, source: image.sha256 });
      scope.postMessage({ id, imageId: image.id, result: { steps: steps.map(drawn), place, alpha } });
    } catch (error) {
      scope.postMessage({ id, imageId: image.id, error: error instanceof Error ? error.message : String(error) });
    }
    await pause();
  }
}

scope.onmessage = ({ data }) => {
  latest = data.id;
  void answer(data);
};
