import * as tf from '@tensorflow/tfjs';
import type { Mask } from '../geometry/index.ts';

/** Mean and deviation of the training set's region of interest, one a channel, values in [0,1]. */
export interface Standardisation {
  readonly mean: number[];
  readonly deviation: number[];
}

/**
 * What every network input shares: the region of interest inside the padding and how values are standardised there. Owns three constant tensors.
 */
export class NetworkFrame {
  readonly side: number;
  readonly channels: 1 | 3;
  readonly standardisation: Standardisation | null;
  /** Values of one input, and those of them inside the region of interest. */
  readonly entries: number;
  readonly roiEntries: number;
  /** 1 inside the region of interest, 0 outside; [1, side, side, channels]. */
  readonly roi: tf.Tensor4D;
  readonly #factor: tf.Tensor4D | null;
  readonly #offset: tf.Tensor4D | null;

  /** @param standardisation null leaves values as they are */
  constructor(roi: Mask, channels: 1 | 3, standardisation: Standardisation | null) {
    this.side = roi.width;
    this.channels = channels;
    this.standardisation = standardisation;
    this.entries = roi.width * roi.height * channels;
    this.roi = this.#perEntry(roi, () => 1);
    this.roiEntries = roi.data.reduce((sum, inside) => sum + inside, 0) * channels;
    this.#factor = standardisation && this.#perEntry(roi, (channel) => 1 / standardisation.deviation[channel]!);
    this.#offset =
      standardisation && this.#perEntry(roi, (channel) => -standardisation.mean[channel]! / standardisation.deviation[channel]!);
  }

  #perEntry(roi: Mask, value: (channel: number) => number): tf.Tensor4D {
    const data = new Float32Array(this.entries);
    for (let i = 0; i < data.length; i++) data[i] = roi.data[Math.floor(i / this.channels)]! * value(i % this.channels);
    return tf.tensor4d(data, [1, roi.height, roi.width, this.channels]);
  }

  /** (x − mean)/deviation inside the region of interest, 0 outside; a new tensor of the caller. */
  standardised(values: tf.Tensor4D): tf.Tensor4D {
    const { factor, offset } = { factor: this.#factor, offset: this.#offset };
    if (!factor || !offset) return values.clone();
    return tf.tidy(() => tf.add(tf.mul(values, factor), offset));
  }

  dispose(): void {
    tf.dispose([this.roi, this.#factor, this.#offset].filter((tensor) => tensor !== null));
  }
}
