import { blankImage, type PixelImage, type Point } from './image.ts';

/** Weights of one side of a patch: sin²(π(i+0.5)/size), largest in the middle and nearly 0 at the rim. */
export function smoothWeights(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / size) ** 2);
}

/** Where only a patch's rim reaches a pixel its smooth weight is almost nothing; this keeps the division well-conditioned. */
const FLOOR = 1e-4;

/** Blends overlapping square patches into one image with smooth weights: value = Σ w·v / Σ w. */
export class PatchBlender {
  readonly #width: number;
  readonly #height: number;
  readonly #channels: 1 | 3;
  readonly #patch: number;
  readonly #weight: Float64Array;
  readonly #sum: Float64Array;
  readonly #total: Float64Array;

  constructor(width: number, height: number, channels: 1 | 3, patch: number) {
    this.#width = width;
    this.#height = height;
    this.#channels = channels;
    this.#patch = patch;
    const side = smoothWeights(patch);
    this.#weight = new Float64Array(patch * patch);
    for (let y = 0; y < patch; y++) for (let x = 0; x < patch; x++) this.#weight[y * patch + x] = side[y]! * side[x]! + FLOOR;
    this.#sum = new Float64Array(width * height * channels);
    this.#total = new Float64Array(width * height);
  }

  /**
   * Adds a square patch whose content goes to `at`.
   * @param data HWC values of a `frame`² square that starts at `offset`; the patch is its central `patch`² part
   */
  add(data: Float32Array, at: Point, frame: number = this.#patch, offset = 0): void {
    const patch = this.#patch;
    const channels = this.#channels;
    const lead = Math.floor((frame - patch) / 2);
    if (at.x < 0 || at.y < 0 || at.x + patch > this.#width || at.y + patch > this.#height)
      throw new RangeError(`a patch of ${patch} px at (${at.x}, ${at.y}) leaves the ${this.#width} × ${this.#height} px image`);
    for (let y = 0; y < patch; y++) {
      for (let x = 0; x < patch; x++) {
        const weight = this.#weight[y * patch + x]!;
        const pixel = (at.y + y) * this.#width + at.x + x;
        const from = offset + ((lead + y) * frame + lead + x) * channels;
        this.#total[pixel] = this.#total[pixel]! + weight;
        for (let c = 0; c < channels; c++) this.#sum[pixel * channels + c] = this.#sum[pixel * channels + c]! + weight * data[from + c]!;
      }
    }
  }

  /** The blended image; every pixel must have been covered by a patch. */
  finish(): PixelImage {
    const image = blankImage(this.#width, this.#height, this.#channels);
    for (let pixel = 0; pixel < this.#total.length; pixel++) {
      const total = this.#total[pixel]!;
      if (total === 0) throw new Error(`pixel (${pixel % this.#width}, ${Math.floor(pixel / this.#width)}) is covered by no patch`);
      for (let c = 0; c < this.#channels; c++) image.data[pixel * this.#channels + c] = this.#sum[pixel * this.#channels + c]! / total;
    }
    return image;
  }
}

/** Blends patches (each at the origin of the same index) into one image of the given size. */
export function blendPatches(patches: readonly PixelImage[], origins: readonly Point[], width: number, height: number): PixelImage {
  const first = patches[0];
  if (!first || patches.length !== origins.length)
    throw new RangeError(
      `${patches.length} patches do not match ${origins.length} origins; there must be one origin a patch, and at least one`,
    );
  const blender = new PatchBlender(width, height, first.channels, first.width);
  patches.forEach((patch, i) => blender.add(patch.data, origins[i]!));
  return blender.finish();
}
