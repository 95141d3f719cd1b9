import { setImmediate } from 'node:timers/promises';
import { contentFields, type PixelImage } from '../geometry/index.ts';
import { encodePng8 } from '../images/index.ts';
import { cutWeights, disposeWeights, type Normaliser } from '../models/index.ts';
import { Reconstructor } from '../reconstruction/index.ts';
import type { Geometry } from '../recipes/index.ts';
import { throwIfAborted } from '../run/index.ts';
import type { ValidationImage } from './prepare.ts';
import type { StepInputs } from './step.ts';
import type { Measured } from './trainee.ts';

export type Preview = readonly { readonly imageId: string; readonly png: Buffer }[];

/** Images shown while a training runs: the first few of the validation set, the same every time. */
const PREVIEWED = 4;

/** The previewed images as the network sees them. */
export async function previewInputs(images: readonly ValidationImage[]): Promise<Preview> {
  return await Promise.all(images.slice(0, PREVIEWED).map(async (image) => ({ imageId: image.id, png: await encodePng8(image.pixels()) })));
}

/** Measures a training on whole stitched images: patches drawn at random do not show what happens at borders. */
export class Validator {
  readonly #step: StepInputs;
  readonly #geometry: Geometry;
  readonly #images: readonly ValidationImage[];
  readonly #normaliser: Normaliser | null;

  /** @param normaliser what patches are turned by; stays the caller's */
  constructor(step: StepInputs, geometry: Geometry, images: readonly ValidationImage[], normaliser: Normaliser | null) {
    this.#step = step;
    this.#geometry = geometry;
    this.#images = images;
    this.#normaliser = normaliser;
  }

  /** Mean over the images of the mean squared difference (0–255 scale) between image and reconstruction; null without images. */
  async measure(signal: AbortSignal | undefined): Promise<Measured> {
    if (this.#images.length === 0) return { loss: null, preview: [], angles: null };
    const { operations, layers, frame, adam } = this.#step;
    const weights = cutWeights(layers, adam.weights);
    const reconstructor = new Reconstructor({ operations, layers, weights, frame, geometry: this.#geometry, normaliser: this.#normaliser });
    const preview: { imageId: string; png: Buffer }[] = [];
    const angles: number[] = [];
    let sum = 0;
    try {
      for (const image of this.#images) {
        await setImmediate();
        throwIfAborted(signal, 'Training');
        const input = image.pixels();
        const { reconstruction, angles: turned } = await reconstructor.reconstruct(input, image.id);
        if (turned) angles.push(...turned);
        sum += meanSquare(input, reconstruction, this.#geometry);
        if (preview.length < PREVIEWED) preview.push({ imageId: image.id, png: await encodePng8(reconstruction) });
      }
    } finally {
      disposeWeights(weights);
    }
    return { loss: sum / this.#images.length, preview, angles: this.#normaliser ? Float64Array.from(angles) : null };
  }
}

/** Mean squared difference on the 0–255 scale over the content of a network image. */
function meanSquare(input: PixelImage, reconstruction: PixelImage, geometry: Geometry): number {
  let sum = 0;
  let entries = 0;
  for (const field of contentFields(input, geometry)) {
    for (let y = field.y; y < field.y + field.height; y++) {
      const from = (y * input.width + field.x) * input.channels;
      for (let i = from; i < from + field.width * input.channels; i++) sum += (input.data[i]! - reconstruction.data[i]!) ** 2;
    }
    entries += field.width * field.height * input.channels;
  }
  return (sum / entries) * 255 * 255;
}
