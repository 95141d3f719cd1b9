import { countAt, iouAt, iouOf } from '@plumbline/ml/metrics';
import { describe, expect, test } from 'vitest';
import { iou } from './confusion.ts';
import { countPixels, SetCounts } from './pixel-counts.ts';
import { edgeToward, onEdge, ThresholdEdges } from './threshold-edges.ts';

/** Deterministic numbers in [0, 1). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const size = { width: 40, height: 25 };
function imagesOf(seed: number, count: number, scale: number) {
  const random = numbers(seed);
  return Array.from({ length: count }, (_, k) => {
    const map = { ...size, data: Float32Array.from({ length: 1000 }, () => scale * random.next().value ** 3) };
    // Values on the edges themselves are those that could be counted wrongly.
    for (let i = 0; i < 200; i++) map.data[i] = onEdge(map.data[i]!);
    const mask = { ...size, data: Uint8Array.from({ length: 1000 }, () => (k % 2 && random.next().value < 0.1 ? 1 : 0)) };
    return { map, mask };
  });
}

describe.each([
  ['1 − SSIM', 1.6],
  ['squared error', 40_000],
])('counted by bins: %s', (_, scale) => {
  const fitted = 0.123456789 * scale;
  const edges = new ThresholdEdges([fitted]);
  const images = imagesOf(7, 12, scale);
  const set = new SetCounts(edges);
  for (const { map, mask } of images) set.add(countPixels(map, mask.data.includes(1) ? mask : null, edges));

  test('confusion and IoU of the set are the library’s at every threshold of a slider and at the fitted one', () => {
    expect(set.images).toBe(12);
    for (const threshold of [fitted, 0, ...Array.from({ length: 200 }, (__, k) => onEdge((scale * (k + 1)) / 201))]) {
      const counted = set.confusionAt(threshold)!;
      const sum = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
      for (const image of images) {
        const each = countAt(image, threshold);
        sum.truePositives += each.truePositives;
        sum.falsePositives += each.falsePositives;
        sum.falseNegatives += each.falseNegatives;
      }
      expect(counted).toMatchObject({
        truePositive: sum.truePositives,
        falsePositive: sum.falsePositives,
        falseNegative: sum.falseNegatives,
      });
      expect(counted.trueNegative).toBe(12_000 - sum.truePositives - sum.falsePositives - sum.falseNegatives);
      expect(iou(counted)).toBe(iouOf(sum));
      expect(iou(counted)).toBe(iouAt(images, threshold).pooled);
    }
  });

  test('a threshold between the edges is not answered by a neighbour’s count', () => {
    expect(set.confusionAt(0.3333333 * scale)).toBeNull();
  });
});

test('a value slightly below 0, as rounding of 1 − SSIM gives, is not at the threshold 0', () => {
  const edges = new ThresholdEdges();
  const set = new SetCounts(edges);
  set.add(countPixels({ width: 3, height: 1, data: Float32Array.of(-1e-7, 0, 1e-7) }, null, edges));
  expect(set.confusionAt(0)).toEqual({ truePositive: 0, falsePositive: 2, falseNegative: 0, trueNegative: 1 });
});

test('sliders move in thresholds that are edges', () => {
  const edges = new ThresholdEdges();
  for (const value of [0, 0.00012, 0.3121, 1.9999, 17.123, 812.6, 65_025]) expect(edges.at(onEdge(value))).not.toBeNull();
});

test('a slider moved by less than the next edge is away still moves', () => {
  expect(edgeToward(1500, 1502)).toBe(1510);
  expect(edgeToward(1500, 1498)).toBe(1490);
  expect(edgeToward(0.312, 0.3129)).toBe(0.313);
  expect(edgeToward(0.001, 0.0008)).toBe(0.001);
  expect(edgeToward(0.3, 0)).toBe(0);
});
