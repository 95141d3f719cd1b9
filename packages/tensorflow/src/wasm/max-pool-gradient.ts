import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './kernel.ts';

type PoolInfo = ReturnType<typeof tf.backend_util.computePool2DInfo>;

/** Index of a window's first largest input, as TensorFlow chooses it, or -1 for a window wholly in the padding. */
function firstMaximum(info: PoolInfo, x: ArrayLike<number>, b: number, oy: number, ox: number, c: number): number {
  let best = -1;
  let largest = -Infinity;
  const top = oy * info.strideHeight - info.padInfo.top;
  const left = ox * info.strideWidth - info.padInfo.left;
  for (let y = Math.max(0, top); y < Math.min(info.inHeight, top + info.filterHeight); y++)
    for (let z = Math.max(0, left); z < Math.min(info.inWidth, left + info.filterWidth); z++) {
      const index = ((b * info.inHeight + y) * info.inWidth + z) * info.inChannels + c;
      const value = x[index] as number;
      if (best >= 0 && !(value > largest)) continue;
      best = index;
      largest = value;
    }
  return best;
}

/** The gradient of each window goes to its first largest input. The backend's own kernel hands it to every input that ties. */
export function maxPoolGradient(info: PoolInfo, x: ArrayLike<number>, dy: ArrayLike<number>, dx: Float32Array): void {
  dx.fill(0);
  let place = 0;
  for (let b = 0; b < info.batchSize; b++)
    for (let oy = 0; oy < info.outHeight; oy++)
      for (let ox = 0; ox < info.outWidth; ox++)
        for (let c = 0; c < info.inChannels; c++, place++) {
          const index = firstMaximum(info, x, b, oy, ox, c);
          if (index >= 0) dx[index] = (dx[index] as number) + (dy[place] as number);
        }
}

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export const maxPoolGradientKernel: WasmKernel = {
  name: 'MaxPoolGrad',
  compute: ({ inputs, attrs, backend }) => {
    const { dy, input } = inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolAttributes;
    const shape = input.shape as [number, number, number, number];
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const output = backend.makeOutput(input.shape, 'float32');
    maxPoolGradient(
      info,
      backend.typedArrayFromHeap(input),
      backend.typedArrayFromHeap(dy),
      backend.typedArrayFromHeap(output) as Float32Array,
    );
    return output;
  },
};
