import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './kernel.ts';

/**
 * Adds slices of `x` into the segments that their ids name; negative ids count for nothing. The backend lacks it, and the gradient of tf.gather is made of it.
 */
export const segmentSumKernel: WasmKernel = {
  name: 'UnsortedSegmentSum',
  compute: ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
    const segments = attrs.numSegments as number;
    const output = backend.makeOutput([segments, ...x.shape.slice(segmentIds.shape.length)], x.dtype as 'float32' | 'int32');
    const target = backend.typedArrayFromHeap(output).fill(0);
    const values = backend.typedArrayFromHeap(x);
    const slice = tf.util.sizeFromShape(x.shape.slice(segmentIds.shape.length));
    backend.typedArrayFromHeap(segmentIds).forEach((segment, position) => {
      if (segment < 0 || segment >= segments) return;
      const from = position * slice;
      const to = segment * slice;
      for (let i = 0; i < slice; i++) target[to + i] = (target[to + i] as number) + (values[from + i] as number);
    });
    return output;
  },
};
