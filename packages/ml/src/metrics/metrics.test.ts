import { describe, expect, it } from 'vitest';
import { example, generator } from './fixture.ts';
import {
  imageMetrics,
  imageScore,
  iouAt,
  meanOfHighest,
  pixelMetrics,
  pointsOfPixels,
  pointsOfScores,
  prCurve,
  proCurve,
  quantile,
  quantileOfMaps,
  rocAuc,
  rocCurve,
  scoreHistogram,
  sweepIou,
} from './index.ts';

describe('ranking metrics equal their definitions counted pair by pair', () => {
  it.each([
    [1, 0],
    [2, 3],
    [3, 1],
    [4, 0],
  ])('seed %d, levels %d', (seed, levels) => {
    const { maps, masks } = example(seed, levels);
    const pixels = maps.flatMap((map, n) => Array.from(map.data, (score, i) => ({ score, label: masks[n]!.data[i]! })));
    const [bad, good] = [pixels.filter((p) => p.label), pixels.filter((p) => !p.label)];
    let wins = 0;
    for (const b of bad) for (const g of good) wins += b.score > g.score ? 1 : b.score === g.score ? 0.5 : 0;
    const thresholds = [...new Set(pixels.map((p) => p.score))].sort((a, b) => b - a);
    const at = thresholds.map((t) => ({ tp: bad.filter((p) => p.score >= t).length, fp: good.filter((p) => p.score >= t).length }));
    let ap = 0;
    let trapezoid = 0;
    at.forEach(({ tp, fp }, i) => {
      const step = (tp - (at[i - 1]?.tp ?? 0)) / bad.length;
      ap += (step * tp) / (tp + fp);
      const previous = at[i - 1];
      trapezoid += (step * (tp / (tp + fp) + (previous ? previous.tp / (previous.tp + previous.fp) : 1))) / 2;
    });
    const got = pixelMetrics({ maps, masks, validationThreshold: 0.25 });
    expect(got.rocAuc).toBeCloseTo(wins / bad.length / good.length, 12);
    expect(got.averagePrecision).toBeCloseTo(ap, 12);
    expect(got.prcTrapezoid).toBeCloseTo(trapezoid, 12);
    expect(got.iouBestOracle).toBeCloseTo(Math.max(...at.map(({ tp, fp }) => tp / (bad.length + fp))), 12);
    expect(got.prevalence).toBe(bad.length / pixels.length);
    // Sorting the whole array by another road gives the same points.
    const points = pointsOfScores(
      pixels.map((p) => p.score),
      pixels.map((p) => p.label === 1),
    );
    expect({ ...pointsOfPixels(maps.map((map, n) => ({ map, mask: masks[n]! }))), regionOverlap: null }).toEqual(points);
  });

  it('treat −0 and 0 as one score', () => {
    const map = { width: 2, height: 1, data: Float32Array.from([-0, 0]) };
    const mask = { width: 2, height: 1, data: Uint8Array.from([1, 0]) };
    expect(rocAuc(pointsOfPixels([{ map, mask }]))).toBe(0.5);
  });

  it('do not change when images change places or scores are scaled', () => {
    const { maps, masks } = example(5, 0);
    const plain = pixelMetrics({ maps, masks, validationThreshold: null });
    const turned = pixelMetrics({ maps: maps.toReversed(), masks: masks.toReversed(), validationThreshold: null });
    const scaled = pixelMetrics({
      maps: maps.map((map) => ({ ...map, data: map.data.map((v) => v * 4) })),
      masks,
      validationThreshold: null,
    });
    for (const name of ['rocAuc', 'averagePrecision', 'f1Max', 'iouBestOracle', 'aupro30'] as const) {
      expect(turned[name]).toBeCloseTo(plain[name]!, 12);
      expect(scaled[name]).toBeCloseTo(plain[name]!, 12);
    }
  });
});

describe('the sweep over 256 thresholds', () => {
  it.each(['atLeast', 'above'] as const)('equals the IoU counted at each of them (%s)', (rule) => {
    const { maps, masks } = example(6, 7);
    const images = maps.map((map, n) => ({ map, mask: masks[n]! }));
    const { min, max, meanIou } = sweepIou(images, rule);
    let sum = 0;
    for (let k = 0; k < 256; k++) sum += iouAt(images, k === 255 ? max : min + ((max - min) * k) / 255, rule).pooled ?? 0;
    expect(meanIou).toBeCloseTo(sum / 256, 12);
  });
});

describe('images without an outline', () => {
  const { maps, masks } = example(7, 0);

  it('are left out of the pixel metrics', () => {
    const all = pixelMetrics({ maps: [...maps, maps[0]!], masks: [...masks, null], validationThreshold: 0 });
    expect(all).toEqual(pixelMetrics({ maps, masks, validationThreshold: 0 }));
  });

  it('alone leave every pixel metric undefined, with the reason', () => {
    const got = pixelMetrics({ maps, masks: maps.map(() => null), validationThreshold: 0 });
    expect(got).toMatchObject({ rocAuc: null, aupro30: null, prevalence: null, pixels: 0 });
    expect(got.undefinedBecause['rocAuc']).toBe('no test image is good or has an outlined defect');
  });

  it('a missing validation threshold says so', () => {
    const got = pixelMetrics({ maps, masks, validationThreshold: null });
    expect(got.iouAtValidationThreshold).toBeNull();
    expect(got.undefinedBecause['iouAtValidationThreshold']).toBe('there are no good validation images to fit a threshold on');
  });
});

describe('quantiles', () => {
  it('of many maps equal that of their sorted values', () => {
    const random = generator(8);
    const maps = Array.from({ length: 3 }, () => Float32Array.from({ length: 777 }, () => (random() - 0.3) * 100));
    const sorted = maps.flatMap((map) => [...map]).sort((a, b) => a - b);
    for (const q of [0, 0.1, 0.5, 0.995, 1]) {
      expect(quantileOfMaps(maps, q)).toBeCloseTo(quantile(sorted, q), 5);
      const at = q * (sorted.length - 1);
      expect(quantile(sorted, q)).toBeGreaterThanOrEqual(sorted[Math.floor(at)]!);
      expect(quantile(sorted, q)).toBeLessThanOrEqual(sorted[Math.ceil(at)]!);
    }
  });

  it('lie between neighbours and refuse what has none', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(() => quantile([], 0.5)).toThrow(/no values/);
    expect(() => quantile([1], 1.5)).toThrow(/from 0 to 1/);
    expect(() => quantileOfMaps([Float32Array.from([1, NaN])], 0.5)).toThrow(/not a finite/);
  });
});

describe('image scores', () => {
  const data = Float32Array.from({ length: 250 }, (_, i) => (i * 101) % 250);
  const map = { width: 25, height: 10, data };

  it('are the maximum, the mean, or the mean of the highest floor(n/100) pixels, at least one', () => {
    expect(imageScore(map, 'max')).toBe(249);
    expect(imageScore(map, 'mean')).toBe(124.5);
    expect(imageScore(map, 'top1pc')).toBe(248.5);
    expect(imageScore({ width: 3, height: 1, data: Float32Array.from([1, 5, 2]) }, 'top1pc')).toBe(5);
  });

  it('of the highest pixels count ties once each', () => {
    expect(meanOfHighest(Float32Array.from([3, 3, 3, 1, 9]), 3)).toBe(5);
    expect(() => meanOfHighest(data, 0)).toThrow(/do not exist/);
  });

  it('refuse a map with a value that is not finite', () => {
    for (const kind of ['max', 'mean', 'top1pc'] as const)
      expect(() => imageScore({ width: 2, height: 1, data: Float32Array.from([NaN, 1]) }, kind)).toThrow(/not a finite number/);
  });

  it('keep float64 apart where float32 would tie', () => {
    expect(imageMetrics([1, 1 + 1e-12], [false, true]).rocAuc).toBe(1);
  });

  it('of one kind alone have no ranking, with the reason', () => {
    expect(imageMetrics([1, 2], [false, false])).toMatchObject({ rocAuc: null, averagePrecision: null, f1Max: null, prevalence: 0 });
    expect(imageMetrics([1, 2], [true, true])).toMatchObject({
      rocAuc: null,
      averagePrecision: 1,
      undefinedBecause: { rocAuc: 'every test image has a defect' },
    });
    expect(() => imageMetrics([1], [])).toThrow(/one a score/);
  });
});

describe('curves for display', () => {
  const { maps, masks } = example(9, 0);
  const points = pointsOfPixels(maps.map((map, n) => ({ map, mask: masks[n]! })));

  it('keep their ends, never go back, and hold at most the points asked for', () => {
    for (const curve of [rocCurve(points, 40), proCurve(points, 40)]) {
      expect(curve.length).toBeLessThanOrEqual(40);
      expect(curve.length).toBeGreaterThan(20);
      expect([curve[0]!.x, curve[0]!.y]).toEqual([0, 0]);
      expect(curve.at(-1)!.x).toBe(1);
      expect(curve.at(-1)!.y).toBeCloseTo(1, 12);
      for (let i = 1; i < curve.length; i++) expect(curve[i]!.x >= curve[i - 1]!.x && curve[i]!.y >= curve[i - 1]!.y - 1e-12).toBe(true);
    }
    const pr = prCurve(points, 40);
    expect([pr[0], pr.at(-1)!.x]).toEqual([{ x: 0, y: 1, threshold: null }, 1]);
    expect(pr.length).toBeLessThanOrEqual(40);
  });

  it('enclose the area that is reported', () => {
    const curve = rocCurve(points, 1e6);
    let area = 0;
    for (let i = 1; i < curve.length; i++) area += ((curve[i]!.x - curve[i - 1]!.x) * (curve[i]!.y + curve[i - 1]!.y)) / 2;
    expect(area).toBeCloseTo(rocAuc(points)!, 12);
  });

  it('of image scores: every score falls into one bin', () => {
    const histogram = scoreHistogram([0, 1, 2, 3, 3], [false, true, false, true, true], 3);
    expect(histogram).toEqual({ edges: [0, 1, 2, 3], good: [1, 0, 1], defective: [0, 1, 2] });
    expect(scoreHistogram([5, 5], [true, false], 2)).toMatchObject({ good: [1, 0], defective: [1, 0] });
  });
});
