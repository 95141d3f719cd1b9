import type { OperationCall } from '@plumbline/tensorflow';
import type * as tf from '@tensorflow/tfjs';
import { isNarrowTransposed, narrowTransposed } from './narrow-transposed.ts';
import { plainOperations, type Operations } from './operations.ts';

const FLOAT = { T: { dtype: 'float32' } } as const;
const POOL = {
  ...FLOAT,
  data_format: { string: 'NHWC' },
  padding: { string: 'VALID' },
  ksize: { int: [1, 2, 2, 1] },
  strides: { int: [1, 2, 2, 1] },
} as const;
const NHWC = { ...FLOAT, data_format: { string: 'NHWC' } } as const;

/**
 * The operations as TensorFlow's own, called by name where tfjs would compose them from several: at batch 32 the composed gradient of a
 * leaky ReLU takes 34 ms against 2, a bias gradient by summation 3 ms against 0.7.
 */
export function nativeOperations(call: OperationCall): Operations {
  return {
    ...plainOperations,
    convolveBack: (inputShape, kernel, gradient, window) =>
      isNarrowTransposed(kernel.shape, window)
        ? narrowTransposed(kernel, gradient)
        : plainOperations.convolveBack(inputShape, kernel, gradient, window),
    activate: (x, bias, activation) => {
      const sum = call('BiasAdd', NHWC, [x, bias]);
      if (activation.kind === 'linear') return sum as tf.Tensor4D;
      const output =
        activation.kind === 'sigmoid'
          ? call('Sigmoid', FLOAT, [sum])
          : call('LeakyRelu', { ...FLOAT, alpha: { float: activation.slope } }, [sum]);
      sum.dispose();
      return output as tf.Tensor4D;
    },
    activationGradient: (gradient, output, activation) => {
      if (activation.kind === 'linear') return gradient.clone();
      if (activation.kind === 'sigmoid') return call('SigmoidGrad', FLOAT, [output, gradient]) as tf.Tensor4D;
      return call('LeakyReluGrad', { ...FLOAT, alpha: { float: activation.slope } }, [gradient, output]) as tf.Tensor4D;
    },
    biasGradient: (gradient) => call('BiasAddGrad', NHWC, [gradient]) as tf.Tensor1D,
    maxPoolGradient: (gradient, x, output) => call('MaxPoolGrad', POOL, [x, output, gradient]) as tf.Tensor4D,
  };
}
