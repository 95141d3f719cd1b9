import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../open.ts';
import { relativeError } from '../probe/probe.ts';
import { seededValues } from '../probe/random.ts';
import { type ConvolutionResult, type ConvolutionShape, convolutionReference } from '../probe/reference.ts';

beforeAll(async () => {
  const engine = await openEngine({ prefer: 'wasm' });
  expect(engine.kind).toBe('wasm');
});

type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

interface Case {
  readonly input: [batch: number, height: number, width: number, channels: number];
  readonly filter: [height: number, width: number, out: number];
  readonly strides: [number, number];
  readonly pad: Padding;
}

const explicit = (top: number, bottom: number, left: number, right: number): tf.backend_util.ExplicitPadding => [[0, 0], [top, bottom], [left, right], [0, 0]]; // prettier-ignore

/** The autoencoder's own kinds, edges of the geometry by hand, and all combinations of small ones. */
function cases(): Case[] {
  const list: Case[] = [
    { input: [2, 16, 16, 3], filter: [4, 4, 8], strides: [2, 2], pad: 'same' },
    { input: [2, 16, 16, 8], filter: [3, 3, 4], strides: [1, 1], pad: 'same' },
    { input: [3, 8, 8, 6], filter: [8, 8, 5], strides: [1, 1], pad: 'valid' },
    { input: [1, 1, 1, 1], filter: [1, 1, 1], strides: [1, 1], pad: 'valid' },
    { input: [2, 7, 5, 3], filter: [1, 1, 4], strides: [3, 2], pad: 'valid' },
    { input: [2, 9, 4, 2], filter: [2, 3, 3], strides: [4, 3], pad: 'same' },
    { input: [2, 10, 9, 2], filter: [3, 3, 2], strides: [2, 2], pad: 'valid' },
    { input: [1, 6, 7, 2], filter: [3, 2, 3], strides: [2, 1], pad: explicit(0, 3, 2, 0) },
    { input: [1, 6, 7, 2], filter: [3, 2, 3], strides: [1, 3], pad: explicit(2, 0, 0, 1) },
    { input: [2, 5, 5, 17], filter: [5, 5, 33], strides: [1, 1], pad: 'same' },
  ];
  for (const height of [4, 7])
    for (const filter of [1, 2, 3, 4])
      for (const stride of [1, 2, 3])
        for (const pad of ['same', 'valid', explicit(1, 0, 0, 1)] as const)
          list.push({ input: [2, height, 6, 3], filter: [filter, 3, 2], strides: [stride, 2], pad });
  return list;
}

function shapeOf({ input, filter, strides, pad }: Case): ConvolutionShape {
  const info = tf.backend_util.computeConv2DInfo(input, [filter[0], filter[1], input[3], filter[2]], strides, 1, pad);
  const { padInfo, batchSize: batch, inHeight: height, inWidth: width } = info;
  return { ...info, batch, height, width, padTop: padInfo.top, padLeft: padInfo.left };
}

describe('convolution gradients on WebAssembly', () => {
  for (const one of cases())
    it(`equal the definition for input ${one.input}, filter ${one.filter}, strides ${one.strides}, padding ${JSON.stringify(one.pad)}`, async () => {
      const s = shapeOf(one);
      const filterShape: [number, number, number, number] = [s.filterHeight, s.filterWidth, s.inChannels, s.outChannels];
      const outShape: [number, number, number, number] = [s.batch, s.outHeight, s.outWidth, s.outChannels];
      const input = seededValues(tf.util.sizeFromShape(one.input), 1);
      const filter = seededValues(tf.util.sizeFromShape(filterShape), 2);
      const upstream = seededValues(tf.util.sizeFromShape(outShape), 3);
      const expected = convolutionReference(s, input, filter, upstream);
      const x = tf.tensor4d(input, one.input);
      const f = tf.tensor4d(filter, filterShape);
      const dy = tf.tensor4d(upstream, outShape);
      const before = tf.memory().numTensors;
      const { value, grads } = tf.valueAndGrads((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, one.strides, one.pad))([x, f], dy);
      const found: Record<keyof ConvolutionResult, tf.Tensor | undefined> = {
        output: value,
        inputGradient: grads[0],
        filterGradient: grads[1],
      };
      expect(tf.memory().numTensors - before, 'tensors left beside the three results').toBe(3);
      for (const name of ['output', 'inputGradient', 'filterGradient'] as const)
        expect(relativeError((await found[name]?.data()) ?? [], expected[name]), name).toBeLessThan(2e-6);
      tf.dispose([x, f, dy, value, ...grads]);
    });

  it('give the transposed convolution, forward and backward, that the definition gives', async () => {
    const s = shapeOf({ input: [2, 9, 7, 3], filter: [4, 3, 5], strides: [2, 3], pad: 'same' });
    const dy = seededValues(s.batch * s.outHeight * s.outWidth * s.outChannels, 4);
    const filter = seededValues(4 * 3 * 3 * 5, 5);
    const upstream = seededValues(2 * 9 * 7 * 3, 6);
    const forward = convolutionReference(s, new Float32Array(upstream.length), filter, dy);
    const backward = convolutionReference(s, upstream, filter, dy);
    const y = tf.tensor4d(dy, [s.batch, s.outHeight, s.outWidth, s.outChannels]);
    const f = tf.tensor4d(filter, [4, 3, 3, 5]);
    const g = tf.tensor4d(upstream, [2, 9, 7, 3]);
    const { value, grads } = tf.valueAndGrads((a, b) =>
      tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, [2, 9, 7, 3], [2, 3], 'same'),
    )([y, f], g);
    expect(relativeError(await value.data(), forward.inputGradient)).toBeLessThan(2e-6);
    expect(relativeError((await grads[0]?.data()) ?? [], backward.output)).toBeLessThan(2e-6);
    expect(relativeError((await grads[1]?.data()) ?? [], backward.filterGradient)).toBeLessThan(2e-6);
    tf.dispose([y, f, g, value, ...grads]);
  });
});

describe('the other kernels of ours on WebAssembly', () => {
  it('pad a depthwise convolution right where the stride is larger than the filter', async () => {
    const x = tf.reshape(tf.range(0, 16), [1, 4, 4, 1]) as tf.Tensor4D;
    const picked = tf.depthwiseConv2d(x, tf.ones([1, 1, 1, 1]), 2, 'same');
    expect([...(await picked.data())]).toEqual([0, 2, 8, 10]);
  });

  it('hand the gradient of a maximum to its first holder when several tie', async () => {
    const x = tf.tensor4d([1, 1, 0, 1, 1, 0, 0, 0, 2], [1, 3, 3, 1]);
    const gradient = tf.grad((a) => tf.maxPool(a as tf.Tensor4D, 2, 1, 'valid'))(x);
    expect([...(await gradient.data())]).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  it('sum and average millions of values to float32 precision', async () => {
    const x = tf.fill([32, 128, 128, 3], 0.1);
    const count = 32 * 128 * 128 * 3;
    const exact = Math.fround(0.1);
    expect((await tf.mean(x).data())[0]).toBeCloseTo(exact, 7);
    expect(((await tf.sum(x).data())[0] ?? 0) / (count * exact)).toBeCloseTo(1, 6);
    const perChannel = tf.sum(x, [0, 1, 2]);
    for (const value of await perChannel.data()) expect(value / ((count / 3) * exact)).toBeCloseTo(1, 6);
  });

  it('keep dimensions, types and empty tensors as the other backends do', async () => {
    expect(tf.sum(tf.ones([2, 3, 4]), [1], true).shape).toEqual([2, 1, 4]);
    const count = tf.sum(tf.tensor1d([true, false, true], 'bool'));
    expect([count.dtype, (await count.data())[0]]).toEqual(['int32', 2]);
    const mean = tf.mean(tf.tensor1d([1, 2], 'int32'));
    expect([mean.dtype, (await mean.data())[0]]).toEqual(['float32', 1.5]);
    expect((await tf.sum(tf.zeros([0, 3]), 0).data()).length).toBe(3);
  });
});
