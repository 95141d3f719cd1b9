import { describe, expect, it } from 'vitest';
import type { FloatMap, Mask } from '../geometry/index.ts';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray } from '../reference/index.ts';
import {
  aupro,
  bestF1,
  bestIou,
  imageMetrics,
  imageScore,
  iouAt,
  labelRegions,
  meanOfHighest,
  pixelMetrics,
  PixelScorer,
  pointsOfPixels,
  quantileOfMaps,
  sweepIou,
} from './index.ts';

interface Inputs {
  scores: ReferenceArray;
  labels: ReferenceArray;
}
interface Ranked {
  scores: number[];
  rocAuc: number;
  averagePrecision: number;
  f1Max: number;
}
interface Expected {
  prevalence: number;
  pooled: Record<'rocAuc' | 'averagePrecision' | 'prAucTrapezoid' | 'f1Max' | 'f1MaxThreshold' | 'bestIou' | 'bestIouThreshold', number>;
  iouAt: { threshold: number; iou: number; iouStrict: number }[];
  sweep: { min: number; max: number; meanIou: number; meanIouStrict: number };
  goodQuantile: { q: number; threshold: number; iou: number; iouStrict: number };
  perImage: { threshold: number; iou: (number | null)[]; meanDefective: number; meanDefectiveStrict: number; meanAll: number };
  regions: { eightConnected: number; sizesPerImage: number[][] };
  aupro03: number;
  aupro005: number;
  aupro1: number;
  image: Record<'max' | 'mean' | 'top100Mean', Ranked>;
}

describe.skipIf(referenceAbsent)(`pixel metrics agree with scikit-learn${referenceAbsent}`, () => {
  describe.each(referenceAbsent ? [] : ['metrics-ties', 'metrics-continuous'])('%s', (name) => {
    const reference = new ReferenceCase<Inputs, Expected>(name);
    const { expected, inputs } = reference;
    const [count, height, width] = inputs.scores.shape as [number, number, number];
    const pieces = <T extends Float32Array | Uint8Array>(all: T) =>
      Array.from({ length: count }, (_, n) => all.subarray(n * width * height, (n + 1) * width * height) as T);
    const maps: FloatMap[] = pieces(reference.floats(inputs.scores)).map((data) => ({ width, height, data }));
    const masks: Mask[] = pieces(reference.bytes(inputs.labels)).map((data) => ({ width, height, data }));
    const images = maps.map((map, i) => ({ map, mask: masks[i]! }));
    const points = pointsOfPixels(images);
    const agree = (field: string, got: (number | null | undefined)[], wanted: number[]) =>
      expect(
        excess(
          got.map((value) => value ?? NaN),
          wanted,
          reference.tolerance(field),
        ),
        `${field}: got ${got.join()}, expected ${wanted.join()}`,
      ).toBeLessThanOrEqual(0);

    it('pooled curves and oracles', () => {
      const got = pixelMetrics({ maps, masks, validationThreshold: expected.goodQuantile.threshold });
      const { pooled } = expected;
      agree(
        'pooled',
        [got.rocAuc, got.averagePrecision, got.prcTrapezoid],
        [pooled.rocAuc, pooled.averagePrecision, pooled.prAucTrapezoid],
      );
      agree('pooled', [got.f1Max, bestF1(points)?.threshold], [pooled.f1Max, pooled.f1MaxThreshold]);
      agree('pooled', [got.iouBestOracle, bestIou(points)?.threshold], [pooled.bestIou, pooled.bestIouThreshold]);
      agree('prevalence', [got.prevalence], [expected.prevalence]);
      agree('goodQuantile', [got.iouAtValidationThreshold], [expected.goodQuantile.iou]);
      agree('sweep', [got.iouMeanOverThresholds], [expected.sweep.meanIou]);
      agree('perImage', [got.iouPerImageMean], [expected.perImage.meanDefective]);
      agree('aupro', [got.aupro30], [expected.aupro03]);
      expect(got.pixels).toBe(count * width * height);
      expect(got.undefinedBecause).toEqual({});
    });

    it('overlap of regions to several limits', () => {
      const areas = [aupro(points, 0.3), aupro(points, 0.05), aupro(points, 1)];
      agree('aupro', areas, [expected.aupro03, expected.aupro005, expected.aupro1]);
    });

    it('8-connected regions and their sizes', () => {
      const sizes = masks.map((mask) => labelRegions(mask).sizes.toSorted((a, b) => a - b));
      expect(sizes).toEqual(expected.regions.sizesPerImage);
      expect(sizes.flat()).toHaveLength(expected.regions.eightConnected);
    });

    it('IoU at given thresholds, by both rules', () => {
      for (const { threshold, iou, iouStrict } of expected.iouAt)
        agree('iouAt', [iouAt(images, threshold).pooled, iouAt(images, threshold, 'above').pooled], [iou, iouStrict]);
      const { sweep, perImage } = expected;
      const scorer = new PixelScorer({ validationThreshold: perImage.threshold, paper: true });
      for (const image of images) scorer.collect(image);
      for (const image of images) scorer.count(image);
      const { paper } = scorer.finish();
      agree('sweep', [paper?.iouPooled], [sweep.meanIouStrict]);
      agree('perImage', [paper?.iouAtValidationThreshold], [perImage.meanDefectiveStrict]);
      const [least, above] = [sweepIou(images), sweepIou(images, 'above')];
      agree('sweep', [least.min, least.max, least.meanIou, above.meanIou], [sweep.min, sweep.max, sweep.meanIou, sweep.meanIouStrict]);
      const [got, strict] = [iouAt(images, perImage.threshold), iouAt(images, perImage.threshold, 'above')];
      agree(
        'perImage',
        [got.perImageMean, strict.perImageMean, got.perImageMeanAll],
        [perImage.meanDefective, perImage.meanDefectiveStrict, perImage.meanAll],
      );
      expect(got.perImage.map((value) => value === null)).toEqual(perImage.iou.map((value) => value === null));
      agree(
        'perImage',
        got.perImage.filter((value) => value !== null),
        perImage.iou.filter((value) => value !== null),
      );
    });

    it('the threshold fitted on good images', () => {
      const { q, threshold, iou, iouStrict } = expected.goodQuantile;
      const good = images.filter(({ mask }) => !mask.data.includes(1)).map(({ map }) => map.data);
      const got = quantileOfMaps(good, q);
      agree('goodQuantile', [got, iouAt(images, got).pooled, iouAt(images, got, 'above').pooled], [threshold, iou, iouStrict]);
    });

    it('image scores and their ranking', () => {
      const defective = masks.map((mask) => mask.data.includes(1));
      const kinds = {
        max: (map: FloatMap) => imageScore(map, 'max'),
        mean: (map: FloatMap) => imageScore(map, 'mean'),
        top100Mean: (map: FloatMap) => meanOfHighest(map.data, 100),
      };
      for (const kind of ['max', 'mean', 'top100Mean'] as const) {
        const scores = maps.map(kinds[kind]);
        const got = imageMetrics(scores, defective);
        const wanted = expected.image[kind];
        agree('image', scores, wanted.scores);
        agree('image', [got.rocAuc, got.averagePrecision, got.f1Max], [wanted.rocAuc, wanted.averagePrecision, wanted.f1Max]);
      }
    });
  });
});

type Verdict = number | 'undefined' | 'undefined-or-0' | 'error';
const verdictNames = {
  rocAuc: 'rocAuc',
  averagePrecision: 'averagePrecision',
  f1Max: 'f1Max',
  bestIou: 'iouBestOracle',
  aupro: 'aupro30',
} as const;
interface DegenerateInputs {
  cases: { id: string; shape: [number, number]; scores: (number | 'NaN' | 'Infinity')[]; labels: number[] }[];
}
interface DegenerateExpected {
  cases: { id: string; expect: Record<keyof typeof verdictNames, Verdict> }[];
}

describe.skipIf(referenceAbsent)(`degenerate input is answered or refused as the reference says${referenceAbsent}`, () => {
  const reference = referenceAbsent ? null : new ReferenceCase<DegenerateInputs, DegenerateExpected>('metrics-degenerate');
  const both = (reference?.inputs.cases ?? []).flatMap((each) => (['exact', 'histogram'] as const).map((mode) => ({ ...each, mode })));
  it.each(both)('$id ($mode)', ({ id, mode, shape, scores, labels }) => {
    const wanted = reference!.expected.cases.find((entry) => entry.id === id)!.expect;
    const [height, width] = shape;
    const maps = [{ width, height, data: Float32Array.from(scores, Number) }];
    const masks = [{ width, height, data: Uint8Array.from(labels) }];
    const measure = () => pixelMetrics({ maps, masks, validationThreshold: null, mode });
    if (Object.values(wanted).every((verdict) => verdict === 'error')) {
      expect(measure).toThrow(/not a finite|must agree|no scores/);
      return;
    }
    const got = measure();
    for (const [name, field] of Object.entries(verdictNames) as [
      keyof typeof verdictNames,
      (typeof verdictNames)[keyof typeof verdictNames],
    ][]) {
      const verdict = wanted[name];
      if (typeof verdict === 'number')
        expect(excess([got[field] ?? NaN], [verdict], reference!.tolerance('expect')), name).toBeLessThanOrEqual(0);
      else {
        expect(got[field], name).toBeNull();
        expect(got.undefinedBecause[field]).toMatch(/pixel/);
      }
    }
  });

  it.each(reference?.inputs.cases ?? [])('$id, each score that of an image', ({ id, scores, labels }) => {
    const wanted = reference!.expected.cases.find((entry) => entry.id === id)!.expect;
    const defective = labels.map((label) => label === 1);
    if (wanted.rocAuc === 'error') {
      expect(() => imageMetrics(scores.map(Number), defective)).toThrow(/not a finite|one a score|no image scores/);
      return;
    }
    const got = imageMetrics(scores.map(Number), defective);
    for (const name of ['rocAuc', 'averagePrecision', 'f1Max'] as const) {
      const verdict = wanted[name];
      if (typeof verdict === 'number')
        expect(excess([got[name] ?? NaN], [verdict], reference!.tolerance('expect')), name).toBeLessThanOrEqual(0);
      else {
        expect(got[name], name).toBeNull();
        expect(got.undefinedBecause[name]).toMatch(/test image/);
      }
    }
  });
});
