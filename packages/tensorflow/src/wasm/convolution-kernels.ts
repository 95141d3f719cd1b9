import * as tf from '@tensorflow/tfjs';
import type { Axis } from './convolution-geometry.ts';
import { filterGradient } from './filter-gradient.ts';
import { inputGradient } from './input-gradient.ts';
import type { WasmKernel } from './kernel.ts';

type Shape4D = [number, number, number, number];

interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function axesOf(inputShape: Shape4D, filterShape: Shape4D, attributes: ConvolutionAttributes): [rows: Axis, columns: Axis] {
  const { strides, pad, dimRoundingMode } = attributes;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, false, 'channelsLast');
  return [
    { input: info.inHeight, filter: info.filterHeight, stride: info.strideHeight, pad: info.padInfo.top, output: info.outHeight },
    { input: info.inWidth, filter: info.filterWidth, stride: info.strideWidth, pad: info.padInfo.left, output: info.outWidth },
  ];
}

const channelsLast = (x: tf.Tensor4D): tf.Tensor4D => tf.transpose(x, [0, 2, 3, 1]);
const channelsFirst = (x: tf.Tensor4D): tf.Tensor4D => tf.transpose(x, [0, 3, 1, 2]);

/** Explicit padding is given in the order of the data format. */
function channelsLastAttributes(attributes: ConvolutionAttributes): ConvolutionAttributes {
  const { pad } = attributes;
  if (!Array.isArray(pad)) return attributes;
  const [batch, channels, height, width] = pad;
  return { ...attributes, pad: [batch, height, width, channels] as tf.backend_util.ExplicitPadding };
}

export const filterGradientKernel: WasmKernel = {
  name: 'Conv2DBackpropFilter',
  compute: ({ inputs, attrs }) => {
    const attributes = attrs as unknown as ConvolutionAttributes & { readonly filterShape: Shape4D };
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    return tf.tidy(() => {
      if (attributes.dataFormat !== 'NCHW') return filterGradient(x, dy, ...axesOf(x.shape, attributes.filterShape, attributes));
      const last = channelsLast(x);
      return filterGradient(last, channelsLast(dy), ...axesOf(last.shape, attributes.filterShape, channelsLastAttributes(attributes)));
    });
  },
};

/** A transposed convolution may be handed more values than the forward one would give; like the other backends this reads only those. */
function fitted(dy: tf.Tensor4D, filter: tf.Tensor4D, [rows, columns]: [rows: Axis, columns: Axis]): tf.Tensor4D {
  const [batch, height, width, channels] = dy.shape;
  const exact = height === rows.output && width === columns.output;
  const read = exact ? dy : tf.slice(dy, [0, 0, 0, 0], [batch, rows.output, columns.output, channels]);
  return inputGradient(read, filter, rows, columns);
}

export const inputGradientKernel: WasmKernel = {
  name: 'Conv2DBackpropInput',
  compute: ({ inputs, attrs }) => {
    const attributes = attrs as unknown as ConvolutionAttributes & { readonly inputShape: Shape4D };
    const { dy, filter } = inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
    const [batch, first, second, third] = attributes.inputShape;
    return tf.tidy(() => {
      if (attributes.dataFormat !== 'NCHW') return fitted(dy, filter, axesOf(attributes.inputShape, filter.shape, attributes));
      const axes = axesOf([batch, second, third, first], filter.shape, channelsLastAttributes(attributes));
      return channelsFirst(fitted(channelsLast(dy), filter, axes));
    });
  },
};
