import { describe, expect, it } from 'vitest';
import type { EvaluatedImage, MapStatistics, VariantImage } from '../data/images.ts';
import { commonScales, scalesOf, subtraction, type ResidualProtocol } from './protocol.ts';
import { sharesPixels, type ShownEvaluation } from './shown-evaluation.ts';
import { initialView } from './view-state.ts';

const none = { pixel: null, image: null, quantile: null, origin: '' };
const protocol = (expected: boolean, more: Partial<ResidualProtocol> = {}): ResidualProtocol => ({
  ssim: { window: 'gaussian', sigma: 1.5, size: 11 },
  mse: { mse: { sigma: 0, expected } },
  imageScore: 'max',
  aligned: true,
  thresholds: { ssim: none, mse: none },
  turning: null,
  ...more,
});

const map = (p99: number): MapStatistics => ({ score: p99, minimum: 0, maximum: p99, mean: 0, p99, tiffUrl: '' });
const variant = (ssim: number, mse: number) => ({ statistics: { ssim: map(ssim), mse: map(mse) } }) as VariantImage;
const image = (...variants: (VariantImage | null)[]) => ({ variants }) as unknown as EvaluatedImage;

/** A and C in grey levels², B as a multiple of what is expected. */
const protocols = [protocol(false), protocol(true), protocol(false)];
const images = [image(variant(0.3, 700), variant(0.9, 4.4), null), image(variant(0.2, 100), null, variant(0.4, 1900))];

describe('colour scales', () => {
  it('are common to the evaluations of one unit and to no other', () => {
    expect(commonScales(images, protocols)).toEqual([
      { ssim: 0.9, mse: 2000 },
      { ssim: 0.9, mse: 5 },
      { ssim: 0.9, mse: 2000 },
    ]);
    expect(commonScales([], protocols).map(({ mse }) => mse)).toEqual([1000, 10, 1000]);
  });

  it('typed for one unit are those of no other, whichever evaluation leads', () => {
    const common = commonScales(images, protocols);
    const view = { measure: 'mse' as const, scale: { ...initialView.scale, mse: 350 } };
    expect(scalesOf(view, protocols, common)).toEqual([350, 5, 350]);
    expect(scalesOf({ ...view, scale: { ...view.scale, expected: 3 } }, protocols, common)).toEqual([350, 3, 350]);
    expect(scalesOf({ ...view, measure: 'ssim' }, protocols, common)).toEqual([0.9, 0.9, 0.9]);
  });
});

describe('the difference of two residuals', () => {
  const mse = { measure: 'mse' as const, ssim: null };
  const ssim = { measure: 'ssim' as const, ssim: null };

  it('is refused where they are in different units', () => {
    const { refused } = subtraction(mse, [protocol(false), protocol(true)], ['A', 'B']);
    expect(refused).toMatch(/^A has its residual in grey levels² and B in × expected: .*\.$/);
    expect(subtraction(ssim, [protocol(false), protocol(true)], ['A', 'B'])).toEqual({ refused: null, madeWith: null });
  });

  it('is refused where one shows padded patches and the other the image', () => {
    const tiles = { kind: 'patch', resize: 256, patch: 128, padded: 181, input: 128 } as const;
    const patches = protocol(false, { aligned: false, tiles });
    expect(subtraction(ssim, [protocol(false), patches], ['A', 'B']).refused).toMatch(/^A and B do not cut the image alike/);
    expect(subtraction(ssim, [patches, patches], ['A', 'B']).refused).toBeNull();
    const shown = [protocol(false), patches, protocol(false), patches].map((one) => ({ protocol: one }) as ShownEvaluation);
    expect([0, 1, 2, 3].map((place) => sharesPixels(shown, 0, place))).toEqual([true, false, true, false]);
    expect([0, 1, 2, 3].map((place) => sharesPixels(shown, 1, place))).toEqual([false, true, false, false]);
  });

  it('names what else their maps differ in: windows until one is set for all, smoothing', () => {
    const uniform = protocol(false, { ssim: { window: 'uniform', sigma: 1.5, size: 7 } });
    expect(subtraction(ssim, [protocol(false), uniform], ['A', 'B']).madeWith).toEqual(['Gaussian σ 1.5, 11×11', 'uniform 7×7']);
    expect(subtraction({ ...ssim, ssim: uniform.ssim }, [protocol(false), uniform], ['A', 'B']).madeWith).toBeNull();
    const smoothed = protocol(false, { mse: { mse: { sigma: 2, expected: false } } });
    expect(subtraction(mse, [protocol(false), smoothed], ['A', 'B']).madeWith).toEqual(['not smoothed', 'smoothed by 2 px']);
  });
});
