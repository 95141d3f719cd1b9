import * as tf from '@tensorflow/tfjs';
import type { WasmKernel, WasmKernelArguments } from './kernel.ts';
import { runsOf, sumRuns } from './reduction.ts';

function reduce(
  { inputs, attrs, backend }: WasmKernelArguments,
  dtype: 'float32' | 'int32',
  scale: (count: number) => number,
): tf.TensorInfo {
  const x = inputs.x as tf.TensorInfo;
  const axes = tf.util.parseAxisParam(attrs.axis as number | number[], x.shape);
  const [outShape, reducedShape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  const output = backend.makeOutput(attrs.keepDims ? tf.backend_util.expandShapeToKeepDim(outShape, axes) : outShape, dtype);
  const target = backend.typedArrayFromHeap(output);
  if (tf.util.sizeFromShape(x.shape) === 0) {
    target.fill(0);
    return output;
  }
  const sums = sumRuns(backend.typedArrayFromHeap(x), runsOf(x.shape, axes));
  const factor = scale(tf.util.sizeFromShape(reducedShape));
  for (let i = 0; i < sums.length; i++) target[i] = (sums[i] as number) * factor;
  return output;
}

export const sumKernel: WasmKernel = {
  name: 'Sum',
  compute: (args) => reduce(args, args.inputs.x?.dtype === 'float32' ? 'float32' : 'int32', () => 1),
};

export const meanKernel: WasmKernel = {
  name: 'Mean',
  compute: (args) => reduce(args, 'float32', (count) => 1 / count),
};
