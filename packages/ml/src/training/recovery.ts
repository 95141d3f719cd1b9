import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { cutTurned, insideCentre, patchToInput, quantise8, toNetworkScale, withChannels, type PixelImage } from '../geometry/index.ts';
import type { Normaliser } from '../models/index.ts';
import { Random } from '../random/index.ts';
import { throwIfAborted } from '../run/index.ts';
import { recoveryErrors, summariseRecovery, type Recovery } from '../transformer/index.ts';
import { PatchStore } from './patches.ts';
import type { PatchRecipe } from '../augmentation/index.ts';

/** Patches measured at once. */
const BATCH = 32;

/** Patches of held-out photographs, and each of them again, cut at the same place turned by a known angle. */
export class HeldPatches {
  readonly patches = new PatchStore();
  readonly turned = new PatchStore();
  readonly turns: number[] = [];

  get count(): number {
    return this.turns.length;
  }

  /**
   * Cuts `count` pairs out of one photograph, both of a pair at angles from the range in which patches are turned in training. Places and angles follow
   * from (seed, source, index). Where the photograph is smaller than a turned patch, its corners are reflected.
   */
  add(photograph: PixelImage, recipe: PatchRecipe, seed: number, source: string, count: number): void {
    const { geometry, augmentation } = recipe;
    const scaled = toNetworkScale(withChannels(photograph, recipe.channels), geometry, source);
    const size = geometry.patch;
    const range = (augmentation.rotation.degrees * Math.PI) / 180;
    for (let index = 0; index < count; index++) {
      const random = Random.of('recovery', seed, source, index);
      const centre = { x: insideCentre(random.next(), scaled.width, size), y: insideCentre(random.next(), scaled.height, size) };
      const [first, second] = [(2 * random.next() - 1) * range, (2 * random.next() - 1) * range];
      const cut = (angle: number): Uint8Array => quantise8(patchToInput(cutTurned(scaled, { centre, angle, size }), geometry));
      this.patches.add([cut(first)]);
      this.turned.add([cut(second)]);
      this.turns.push(second - first);
    }
  }
}

/** What always giving one angle scores on these pairs: chance, which is less bad the less the patches were turned. */
export function chanceOf({ turns }: HeldPatches): Recovery {
  const still = new Float64Array(turns.length);
  return summariseRecovery(recoveryErrors(still, still, turns));
}

/** How well a normaliser recovers the known rotations between the patches of each pair. @throws DOMException `AbortError` by the signal */
export async function measureRecovery(
  normaliser: Normaliser,
  held: HeldPatches,
  shape: { readonly side: number; readonly channels: 1 | 3 },
  signal?: AbortSignal,
): Promise<Recovery> {
  const estimate = async (store: PatchStore): Promise<Float64Array> => {
    const angles = new Float64Array(held.count);
    for (let at = 0; at < held.count; at += BATCH) {
      await setImmediate();
      throwIfAborted(signal, 'Training');
      const indices = Array.from({ length: Math.min(BATCH, held.count - at) }, (_, i) => at + i);
      const values = store.batch(indices);
      const patches = tf.tensor4d(values, [indices.length, shape.side, shape.side, shape.channels]);
      angles.set(await normaliser.angles({ values, patches, keys: indices.map(String) }), at);
      patches.dispose();
    }
    return angles;
  };
  const plain = await estimate(held.patches);
  return summariseRecovery(recoveryErrors(plain, await estimate(held.turned), held.turns));
}
