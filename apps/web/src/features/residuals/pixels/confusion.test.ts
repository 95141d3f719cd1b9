import { describe, expect, it } from 'vitest';
import { confusionAt, iou, maskAt, outcomeOf } from './confusion.ts';

const map = { width: 3, height: 2, data: Float32Array.of(0.1, 0.5, 0.875, 0.5, 0.2, 0) };
const truth = { width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 0, 0, 1) };

describe('mask at a threshold', () => {
  it('counts a value equal to the threshold as defective', () => {
    expect([...maskAt(map, 0.5).data]).toEqual([0, 1, 1, 1, 0, 0]);
  });

  it('agrees with a count pixel by pixel', () => {
    expect(confusionAt(map, truth, 0.5)).toEqual({ truePositive: 2, falsePositive: 1, falseNegative: 1, trueNegative: 2 });
    expect(iou(confusionAt(map, truth, 0.5))).toBe(0.5);
  });

  it('takes every pixel of a good image as good', () => {
    expect(confusionAt(map, null, 0.875)).toEqual({ truePositive: 0, falsePositive: 1, falseNegative: 0, trueNegative: 5 });
  });

  it('leaves IoU undefined where nothing is found and nothing is there', () => {
    expect(iou(confusionAt(map, null, 2))).toBeNull();
    expect(iou(confusionAt(map, null, 0.875))).toBe(0);
  });

  it('refuses a mask of another size', () => {
    expect(() => confusionAt(map, { width: 2, height: 3, data: truth.data }, 0.5)).toThrow(/2×3.*3×2/);
  });
});

describe('outcome of an image', () => {
  it('follows score at or above threshold and label', () => {
    expect([outcomeOf(1, 1, true), outcomeOf(1, 1, false), outcomeOf(0.9, 1, true), outcomeOf(0.9, 1, false)]).toEqual([
      'tp',
      'fp',
      'fn',
      'tn',
    ]);
  });
});
