import * as tf from '@tensorflow/tfjs';
import { wrapKernel } from './kernel.ts';

type Shape4D = [number, number, number, number];

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: unknown;
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * `same` padding spelt out where the stride is larger than the filter, null where the backend may be left to it.
 * There the sum of the padding is negative before it is cut to zero; the backend's library does not cut it and writes nothing.
 */
export function spelledPadding(
  x: Shape4D,
  filter: Shape4D,
  attributes: Attributes,
  depthwise: boolean,
): tf.backend_util.ExplicitPadding | null {
  if (attributes.pad !== 'same') return null;
  const dilations = attributes.dilations ?? 1;
  const info = tf.backend_util.computeConv2DInfo(x, filter, attributes.strides, dilations, 'same', attributes.dimRoundingMode, depthwise);
  const lacking = (output: number, stride: number, reach: number, input: number): boolean => (output - 1) * stride + reach < input;
  const rows = lacking(info.outHeight, info.strideHeight, info.effectiveFilterHeight, info.inHeight);
  const columns = lacking(info.outWidth, info.strideWidth, info.effectiveFilterWidth, info.inWidth);
  if (!rows && !columns) return null;
  const { top, bottom, left, right } = info.padInfo;
  return [[0, 0], [top, bottom], [left, right], [0, 0]]; // prettier-ignore
}

/** Makes the backend's four convolution kernels right for strides larger than the filter. */
export function repairSamePadding(): void {
  const kernels = [
    { name: 'Conv2D', depthwise: false },
    { name: 'FusedConv2D', depthwise: false },
    { name: 'DepthwiseConv2dNative', depthwise: true },
    { name: 'FusedDepthwiseConv2D', depthwise: true },
  ];
  for (const { name, depthwise } of kernels)
    wrapKernel(name, (args) => {
      const { x, filter } = args.inputs as { x: tf.TensorInfo; filter: tf.TensorInfo };
      const attributes = args.attrs as unknown as Attributes;
      const pad = spelledPadding(x.shape as Shape4D, filter.shape as Shape4D, attributes, depthwise);
      return pad ? { ...args, attrs: { ...args.attrs, pad } } : args;
    });
}
