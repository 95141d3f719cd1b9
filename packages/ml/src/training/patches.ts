import { drawPatch, type PatchRecipe } from '../augmentation/index.ts';
import { patchGrid, quantise8, toNetworkScale, withChannels, type PixelImage } from '../geometry/index.ts';

/** Patches of one photograph as bytes, one after another: `count` of them, or as many as the evaluation grid lays over it. */
export function drawPatches(photograph: PixelImage, recipe: PatchRecipe, seed: number, source: string, count: number | null): Uint8Array[] {
  const scaled = toNetworkScale(withChannels(photograph, recipe.channels), recipe.geometry, source);
  const total = count ?? patchGrid(scaled, recipe.geometry).length;
  return Array.from({ length: total }, (_, index) => quantise8(drawPatch(scaled, recipe, seed, source, index)));
}

/** Training patches in memory, a byte a value (residuals are taken on 8 bit as well), so that the processor's time goes to the engine. */
export class PatchStore {
  readonly #patches: Uint8Array[] = [];

  get count(): number {
    return this.#patches.length;
  }

  add(patches: readonly Uint8Array[]): void {
    this.#patches.push(...patches);
  }

  /** The values of one patch, 0…255. */
  at(index: number): Uint8Array {
    const patch = this.#patches[index];
    if (!patch) throw new RangeError(`there is no patch ${index}; there are ${this.count}`);
    return patch;
  }

  /** The given patches in [0,1], one after another. */
  batch(indices: ArrayLike<number>): Float32Array {
    const entries = this.at(0).length;
    const values = new Float32Array(indices.length * entries);
    for (let i = 0; i < indices.length; i++) {
      const patch = this.at(indices[i]!);
      const from = i * entries;
      for (let k = 0; k < entries; k++) values[from + k] = BYTE[patch[k]!]!;
    }
    return values;
  }
}

const BYTE = Float32Array.from({ length: 256 }, (_, i) => i / 255);
