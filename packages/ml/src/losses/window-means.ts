import * as tf from '@tensorflow/tfjs';
import { windowWeights, type SsimOptions } from '../similarity/index.ts';

/**
 * Weighted means over every full window of square planes, as products with a banded matrix: separable, the same on every engine, and its gradient
 * is the transposed product (WebAssembly has no gradient of a depthwise convolution, and convolutions of one channel are slow everywhere).
 * Means come out turned over their diagonal, and `back` turns them again. Owns three matrices until `dispose`.
 */
export class WindowMeans {
  /** Pixels of a plane's side and full windows along it. */
  readonly side: number;
  readonly full: number;
  readonly #weights: tf.Tensor2D;
  readonly #transposed: tf.Tensor2D;
  readonly #box: tf.Tensor2D;
  readonly #cells: number;

  /** @throws RangeError where the window is larger than the plane */
  constructor(side: number, options: SsimOptions) {
    if (options.size > side) throw new RangeError(`a window of ${options.size} px is larger than the ${side} px image; take a smaller one`);
    this.side = side;
    this.full = side - options.size + 1;
    this.#cells = options.size ** 2;
    const weights = windowWeights(options);
    const radius = weights.length - 1;
    const band = (value: (distance: number) => number): tf.Tensor2D =>
      tf.tensor2d(
        Float32Array.from({ length: side * this.full }, (_, i) => {
          const distance = Math.abs(Math.floor(i / this.full) - (i % this.full) - radius);
          return distance <= radius ? value(distance) : 0;
        }),
        [side, this.full],
      );
    this.#weights = band((distance) => weights[distance]!);
    this.#transposed = tf.transpose(this.#weights);
    this.#box = band(() => 1);
  }

  /** @param planes [n, side, side] @returns [n, full, full], axes exchanged */
  of(planes: tf.Tensor3D): tf.Tensor3D {
    return alongBoth(planes, this.#weights);
  }

  /** Gradient towards the planes from the one towards their means. @param gradient [n, full, full], axes exchanged @returns [n, side, side] */
  back(gradient: tf.Tensor3D): tf.Tensor3D {
    return alongBoth(gradient, this.#transposed);
  }

  /** 1 where every pixel under the window is above 0, else 0. @param planes [n, side, side] @returns [n, full, full], axes exchanged */
  allAbove0(planes: tf.Tensor3D): tf.Tensor3D {
    return tf.tidy(() => {
      const cells = alongBoth(tf.cast(tf.greater(planes, 0), 'float32') as tf.Tensor3D, this.#box);
      return tf.cast(tf.greater(cells, this.#cells - 0.5), 'float32') as tf.Tensor3D;
    });
  }

  dispose(): void {
    tf.dispose([this.#weights, this.#transposed, this.#box]);
  }
}

/** The planes times the matrix along their columns, then along their rows; axes come out exchanged. */
function alongBoth(planes: tf.Tensor3D, matrix: tf.Tensor2D): tf.Tensor3D {
  return tf.tidy(() => {
    const [from, to] = matrix.shape;
    const count = planes.shape[0];
    const along = tf.reshape(tf.matMul(tf.reshape(planes, [count * from, from]), matrix), [count, from, to]);
    const turned = tf.reshape(tf.transpose(along, [0, 2, 1]), [count * to, from]);
    return tf.reshape(tf.matMul(turned as tf.Tensor2D, matrix), [count, to, to]) as tf.Tensor3D;
  });
}
