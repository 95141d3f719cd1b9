import { describe, expect, it } from 'vitest';
import type { FloatMap, Mask } from '../geometry/index.ts';
import { example } from './fixture.ts';
import { PixelScorer, type PaperMetrics } from './index.ts';

function paperOf(
  maps: readonly FloatMap[],
  masks: readonly Mask[],
  validationThreshold: number | null = null,
  mode: 'exact' | 'histogram' = 'exact',
): PaperMetrics {
  const scorer = new PixelScorer({ validationThreshold, paper: true, mode });
  maps.forEach((map, n) => scorer.collect({ map, mask: masks[n]! }));
  maps.forEach((map, n) => scorer.count({ map, mask: masks[n]! }));
  return scorer.finish().paper!;
}

/** Counted pixel by pixel at each threshold, as the definition says. */
function slowly(maps: readonly FloatMap[], masks: readonly Mask[]): { rocAuc: number; prcAuc: number; iou: number; iouPooled: number } {
  const all = maps.flatMap((map) => [...map.data]);
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const points = Array.from({ length: 256 }, (_, k) => {
    const threshold = k === 255 ? max : min + ((max - min) * k) / 255;
    const images = maps.map((map, n) => {
      const pixels = [...map.data].map((score, i) => ({ hit: score > threshold, label: masks[n]!.data[i] === 1 }));
      const count = (hit: boolean, label: boolean) => pixels.filter((pixel) => pixel.hit === hit && pixel.label === label).length;
      return { tp: count(true, true), fp: count(true, false), fn: count(false, true), tn: count(false, false) };
    });
    const sum = (name: 'tp' | 'fp' | 'fn' | 'tn') => images.reduce((total, image) => total + image[name], 0);
    const [tp, fp, fn, tn] = [sum('tp'), sum('fp'), sum('fn'), sum('tn')];
    const ious = images.filter((image) => image.tp + image.fn > 0).map((image) => image.tp / (image.tp + image.fp + image.fn));
    return {
      tpr: tp / (tp + fn),
      fpr: fp / (fp + tn),
      precision: tp / (tp + fp),
      iou: ious.reduce((a, b) => a + b) / ious.length,
      pooled: tp / (tp + fp + fn),
    };
  });
  let [rocAuc, prcAuc] = [0, 0];
  for (let k = 254; k >= 0; k--) {
    const [from, to] = [points[k + 1]!, points[k]!];
    rocAuc += ((to.fpr - from.fpr) * (to.tpr + from.tpr)) / 2;
    if (!Number.isNaN(from.precision)) prcAuc += ((to.tpr - from.tpr) * (to.precision + from.precision)) / 2;
  }
  const mean = (of: (point: (typeof points)[number]) => number) => points.reduce((total, point) => total + of(point), 0) / 256;
  return { rocAuc, prcAuc, iou: mean((point) => point.iou), iouPooled: mean((point) => point.pooled) };
}

describe('paper mode', () => {
  it.each([
    [1, 0],
    [2, 3],
    [3, 40],
  ])('equals its definition counted pixel by pixel at 256 thresholds (seed %d, levels %d), in both modes', (seed, levels) => {
    const { maps, masks } = example(seed, levels);
    const wanted = slowly(maps, masks);
    for (const mode of ['exact', 'histogram'] as const) {
      const got = paperOf(maps, masks, null, mode);
      for (const name of ['rocAuc', 'prcAuc', 'iou', 'iouPooled'] as const) expect(got[name], name).toBeCloseTo(wanted[name], 12);
      expect(got).toMatchObject({ thresholds: 256, pixels: 4 * 13 * 11 });
    }
  });

  it('counts score > T: a pixel at the validation threshold is good', () => {
    const map = { width: 3, height: 1, data: Float32Array.from([3, 2, 1]) };
    const mask = { width: 3, height: 1, data: Uint8Array.from([1, 1, 0]) };
    expect(paperOf([map], [mask], 2).iouAtValidationThreshold).toBe(0.5);
    expect(paperOf([map], [mask], 1).iouAtValidationThreshold).toBe(1);
  });

  const flat = (value: number) => ({ width: 2, height: 2, data: new Float32Array(4).fill(value) });
  const mask = (...labels: number[]) => ({ width: 2, height: 2, data: Uint8Array.from(labels) });
  const rising = { width: 2, height: 2, data: Float32Array.from([1, 2, 3, 4]) };
  it.each([
    [
      'no defect',
      [rising],
      [mask(0, 0, 0, 0)],
      'no pixel is marked as defective',
      ['rocAuc', 'prcAuc', 'iou', 'iouPooled', 'iouAtValidationThreshold'],
    ],
    ['nothing but defect', [rising], [mask(1, 1, 1, 1)], 'every pixel is marked as defective', ['rocAuc']],
    [
      'one value everywhere',
      [flat(2)],
      [mask(0, 0, 0, 1)],
      'all scores are equal, so that no threshold between them exists',
      ['rocAuc', 'prcAuc', 'iou', 'iouPooled'],
    ],
    [
      'no outlined image',
      [],
      [],
      'no test image is good or has an outlined defect',
      ['rocAuc', 'prcAuc', 'iou', 'iouPooled', 'iouAtValidationThreshold'],
    ],
  ] as const)('with %s says what is not defined and why', (_, maps, masks, reason, names) => {
    const got = paperOf(maps, masks, 2);
    expect(Object.keys(got.undefinedBecause).sort()).toEqual([...names].sort());
    expect(new Set(Object.values(got.undefinedBecause))).toEqual(new Set([reason]));
    for (const name of names) expect(got[name]).toBeNull();
  });
});
