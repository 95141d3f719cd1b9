import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { FloatMap, Mask } from '../geometry/index.ts';
import { example, generator } from './fixture.ts';
import {
  BadScoresError,
  boundsOf,
  bytesPerPositive,
  pixelMetrics,
  PixelHistogram,
  PixelScorer,
  pointsOfPixels,
  averagePrecision,
  aupro,
  bestF1,
  bestIou,
  prcTrapezoid,
  rocAuc,
  type ScoredMap,
} from './index.ts';

const imagesOf = ({ maps, masks }: { maps: FloatMap[]; masks: Mask[] }): ScoredMap[] => maps.map((map, n) => ({ map, mask: masks[n]! }));
const counted = (images: readonly ScoredMap[], bits?: number): PixelHistogram => {
  const histogram = new PixelHistogram(bits);
  for (const image of images) histogram.count(image);
  return histogram;
};
const rounding = 1e-12;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const measures = {
  rocAuc,
  averagePrecision,
  prcTrapezoid,
  f1Max: (points: Parameters<typeof bestF1>[0]) => bestF1(points)?.value ?? null,
  iouBestOracle: (points: Parameters<typeof bestF1>[0]) => bestIou(points)?.value ?? null,
  aupro30: (points: Parameters<typeof bestF1>[0]) => aupro(points, 0.3),
} as const;

describe('the bounds of a histogram', () => {
  // 4 bits leave sign and three bits of the exponent: nearly everything shares a bin; 14 leave five bits of the mantissa.
  const cases = [4, 8, 10, 12, 14, 20].flatMap((bits) =>
    [0, 3].flatMap((levels) => Array.from({ length: 8 }, (_, seed) => ({ bits, levels, seed }))),
  );

  it('hold the exact value and the reported one, however coarse the bins', () => {
    for (const { bits, levels, seed } of cases) {
      const images = imagesOf(example(seed, levels));
      const [exact, histogram] = [pointsOfPixels(images), counted(images, bits)];
      const [points, bounds] = [histogram.points(), boundsOf(histogram.bins())];
      for (const name of Object.keys(measures) as (keyof typeof measures)[]) {
        const [low, high] = bounds[name]!;
        for (const value of [measures[name](exact)!, measures[name](points)!]) {
          expect(value, `${name}, ${bits} bits, seed ${seed}`).toBeGreaterThanOrEqual(low - rounding);
          expect(value, `${name}, ${bits} bits, seed ${seed}`).toBeLessThanOrEqual(high + rounding);
        }
      }
    }
  });

  it('are reached: ROC-AUC and F1 by scores that lie in the best and in the worst order inside their bin', () => {
    const [width, height] = [4, 1];
    const mask: Mask = { width, height, data: Uint8Array.from([1, 1, 0, 0]) };
    const image = (scores: number[]): ScoredMap => ({ map: { width, height, data: Float32Array.from(scores) }, mask });
    const [best, worst] = [image([1.4, 1.3, 1.2, 1.1]), image([1.1, 1.2, 1.3, 1.4])];
    const bounds = boundsOf(counted([best], 9).bins());
    expect(boundsOf(counted([worst], 9).bins())).toEqual(bounds);
    expect([rocAuc(pointsOfPixels([worst])), rocAuc(pointsOfPixels([best]))]).toEqual(bounds.rocAuc);
    expect([bestF1(pointsOfPixels([worst]))!.value, bestF1(pointsOfPixels([best]))!.value]).toEqual(bounds.f1Max);
    expect(bounds.averagePrecision![1]).toBe(averagePrecision(pointsOfPixels([best])));
  });

  it('close on the exact value where every distinct score has a bin of its own', () => {
    const images = imagesOf(example(3, 4));
    const [exact, histogram] = [pointsOfPixels(images), counted(images)];
    for (const name of Object.keys(measures) as (keyof typeof measures)[])
      expect(measures[name](histogram.points())).toBeCloseTo(measures[name](exact)!, 12);
    expect(histogram.points().truePositives).toEqual(exact.truePositives);
  });

  it('are narrow at the default bins: a thousandth on a hundred thousand residuals', () => {
    const random = generator(11);
    const [width, height] = [400, 250];
    const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width < 30 && i < width * 40 ? 1 : 0));
    const map: FloatMap = { width, height, data: Float32Array.from(data, (label) => random() * random() + 0.3 * label) };
    const { bounds, rocAuc: value } = pixelMetrics({
      maps: [map],
      masks: [{ width, height, data }],
      validationThreshold: 0.5,
      mode: 'histogram',
    });
    expect(value).toBeGreaterThan(0.8);
    for (const [low, high] of Object.values(bounds!)) expect(high - low).toBeLessThan(2e-3);
    expect(bounds!.rocAuc![1] - bounds!.rocAuc![0]).toBeLessThan(5e-4);
  });
});

describe('merging histograms', () => {
  const parts = [1, 2, 3].map((seed) => imagesOf(example(seed, 0)));
  const [a, b, c] = parts as [ScoredMap[], ScoredMap[], ScoredMap[]];

  it('gives what counting all together gives, in any grouping', () => {
    const left = counted(a).merge(counted(b)).merge(counted(c));
    const right = counted(a).merge(counted(b).merge(counted(c)));
    const together = counted([...a, ...b, ...c]).bins();
    const counts = together.map(({ overlap: _, ...rest }) => rest);
    for (const bins of [left.bins(), right.bins()]) {
      expect(bins.map(({ overlap: _, ...rest }) => rest)).toEqual(counts);
      bins.forEach(({ overlap }, i) => expect(overlap).toBeCloseTo(together[i]!.overlap, 14));
    }
  });

  it('of other bins is refused', () => {
    expect(() => counted(a, 10).merge(counted(b, 12))).toThrow(/10 and 12 bits cannot be merged/);
    expect(() => new PixelHistogram(25)).toThrow(/from 1 to 24/);
  });
});

describe('histogram mode', () => {
  it('is exact where a threshold is given: pooled, per image, over the sweep, and F1 at its own threshold', () => {
    const { maps, masks } = example(4, 0);
    const [exact, histogram] = (['exact', 'histogram'] as const).map((mode) =>
      pixelMetrics({ maps, masks, validationThreshold: 0.3, mode }),
    );
    for (const name of ['iouAtValidationThreshold', 'iouPerImageMean', 'iouMeanOverThresholds', 'prevalence', 'pixels'] as const)
      expect(histogram![name]).toBe(exact![name]);
    const counts = maps.map((map, n) => {
      const hit = [...map.data].map((score, i) =>
        score >= histogram!.f1MaxThreshold! ? 1 + 2 * masks[n]!.data[i]! : 2 * masks[n]!.data[i]!,
      );
      return [hit.filter((h) => h === 3).length, hit.filter((h) => h === 1).length, hit.filter((h) => h === 2).length];
    });
    const [tp, fp, fn] = [0, 1, 2].map((k) => counts.reduce((sum, each) => sum + each[k]!, 0)) as [number, number, number];
    expect(histogram!.f1Max).toBeCloseTo((2 * tp) / (2 * tp + fp + fn), 12);
    expect(exact!.bounds).toBeUndefined();
  });

  it('takes the same memory whatever is counted', async () => {
    const [width, height] = [256, 256];
    const random = generator(5);
    const image: ScoredMap = {
      map: { width, height, data: Float32Array.from({ length: width * height }, random) },
      mask: { width, height, data: Uint8Array.from({ length: width * height }, () => (random() < 0.5 ? 1 : 0)) },
    };
    // A buffer found dead is given back by another thread, a little later.
    const heldNow = async (): Promise<number> => {
      for (let least = Infinity; ;) {
        collectGarbage();
        await sleep(20);
        const now = process.memoryUsage().arrayBuffers;
        if (now >= least) return least;
        least = now;
      }
    };
    const held = async (mode: 'exact' | 'histogram'): Promise<number> => {
      const before = await heldNow();
      const scorer = new PixelScorer({ validationThreshold: 0.5, mode });
      for (let i = 0; i < 100; i++) scorer.collect(image);
      for (let i = 0; i < 100; i++) scorer.count(image);
      const after = await heldNow();
      expect(scorer.finish().metrics.pixels).toBe(100 * width * height);
      return after - before;
    };
    const histogram = await held('histogram');
    const exact = await held('exact');
    expect(histogram).toBeLessThan(3 * 8 * 2 ** 20 + 2e6);
    expect(exact).toBeLessThan(100 * width * height * 0.51 * bytesPerPositive);
    expect(exact).toBeGreaterThan(histogram);
    // Collecting garbage takes its time on a busy machine.
  }, 60_000);

  it('refuses scores that are not finite, masks that do not fit, and images shown once only', () => {
    const mask: Mask = { width: 2, height: 1, data: Uint8Array.from([1, 0]) };
    const scorer = () => new PixelScorer({ validationThreshold: null, mode: 'histogram', paper: true });
    for (const bad of [NaN, Infinity, -Infinity])
      for (const data of [Float32Array.from([bad, 1]), Float32Array.from([1, bad])])
        expect(() => scorer().count({ map: { width: 2, height: 1, data }, mask })).toThrow(BadScoresError);
    expect(() => scorer().collect({ map: { width: 1, height: 2, data: new Float32Array(2) }, mask })).toThrow(/must agree/);
    const half = scorer();
    half.collect({ map: { width: 2, height: 1, data: new Float32Array(2) }, mask });
    expect(() => half.finish()).toThrow(/2 times to collect and 0 times to count/);
  });
});
