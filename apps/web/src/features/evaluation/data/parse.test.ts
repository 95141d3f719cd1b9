import { describe, expect, it } from 'vitest';
import { betterMeasure, imageRows, paperRows, pixelRows } from '../metrics/metric-rows.ts';
import { describeFormat, formatResidual, formatsOf, residualOptions } from '#web/features/residuals/view/protocol.ts';
import { parseCurves, parseMetrics, parseProtocol } from './parse.ts';

const measured = (rocAuc: number | null) => ({
  pixel: { rocAuc, averagePrecision: 0.3, prevalence: 0.01, pixels: 1000, undefinedBecause: rocAuc === null ? { rocAuc: 'no pixel is marked as defective' } : {} },
  image: { rocAuc: 0.9, averagePrecision: 0.8, f1Max: 0.7, prevalence: 0.5, images: 10, undefinedBecause: {} },
});

describe('evaluation as stored', () => {
  it('keeps undefined metrics undefined, with the reason', () => {
    const metrics = parseMetrics({ imageScore: 'max', measures: { ssim: measured(null), mse: measured(0.6) } });
    const row = pixelRows.find(({ key }) => key === 'pixel.rocAuc')!;
    expect(row.value(metrics!.measures.ssim!)).toBeNull();
    expect(row.reason(metrics!.measures.ssim!)).toBe('no pixel is marked as defective');
    expect(betterMeasure(row, metrics!, 3)).toEqual([]);
  });

  it('marks the better measure and ties at the printed decimals', () => {
    const metrics = parseMetrics({ measures: { ssim: measured(0.70001), mse: measured(0.6) } })!;
    expect(betterMeasure(pixelRows.find(({ key }) => key === 'pixel.rocAuc')!, metrics, 3)).toEqual(['ssim']);
    expect(betterMeasure(imageRows[0]!, metrics, 3)).toEqual(['ssim', 'mse']);
  });

  it('prints the prevalence beside every average precision', () => {
    for (const row of [...imageRows, ...pixelRows]) if (/precision$/i.test(row.name)) expect(row.prevalence).toBeDefined();
  });

  it('says of a histogram how far the exact value can be, and of an exact value nothing', () => {
    const [row, other] = ['pixel.rocAuc', 'pixel.aupro30'].map((key) => pixelRows.find((one) => one.key === key)!);
    const ssim = { ...measured(0.7), pixel: { ...measured(0.7).pixel, bounds: { rocAuc: [0.699, 0.7004] } } };
    const metrics = parseMetrics({ mode: 'histogram', measures: { ssim, mse: measured(0.6) } })!;
    expect(metrics.mode).toBe('histogram');
    expect(row!.bound!(metrics.measures.ssim!)).toBeCloseTo(0.001, 12);
    expect(other!.bound!(metrics.measures.ssim!)).toBeNull();
    expect(row!.bound!(metrics.measures.mse!)).toBeNull();
  });

  it('shows what was measured by the paper’s letter where it was asked for', () => {
    const paper = { ssim: { rocAuc: 0.61, prcAuc: null, iou: 0.2, pixels: 64, undefinedBecause: { prcAuc: 'nothing passes' } }, mse: null };
    const measures = { ssim: measured(0.7), mse: measured(0.6) };
    const { ssim, mse } = parseMetrics({ measures, paper })!.measures;
    expect(paperRows.map((row) => row.value(ssim!))).toEqual([0.61, null, 0.2, null, null]);
    expect(paperRows[1]!.reason(ssim!)).toBe('nothing passes');
    expect([mse!.paper, parseMetrics({ measures })!.measures.ssim!.paper]).toEqual([null, null]);
  });

  it('writes a squared error in grey levels², and one that was divided as a multiple of what is expected', () => {
    const [plain, divided] = [false, true].map((expected) => formatsOf(parseProtocol({ mse: { sigma: 0, expected } }, null, null, null)));
    expect([describeFormat(plain!.mse), formatResidual(plain!.mse, 4.256)]).toEqual(['Squared error, grey levels²', '4']);
    expect([describeFormat(divided!.mse), formatResidual(divided!.mse, 4.256)]).toEqual(['Squared error, × expected', '4.26']);
    expect(divided!.ssim).toBe(plain!.ssim);
  });

  it('is null while there are no metrics', () => {
    expect(parseMetrics(null)).toBeNull();
    expect(parseMetrics({})).toBeNull();
  });

  it('takes the SSIM window from the protocol, else from the recipe, else the default', () => {
    const uniform = { window: 'uniform', sigma: 1.5, size: 7 };
    expect(parseProtocol({ residual: { ssim: uniform, imageScore: 'max' } }, null, null, null)).toMatchObject({ ssim: uniform, imageScore: 'max' });
    expect(parseProtocol({}, null, { residual: { ssim: uniform } }, null).ssim).toEqual(uniform);
    expect(parseProtocol(null, null, null, null).ssim).toEqual({ window: 'gaussian', sigma: 1.5, size: 11 });
  });

  it('takes what is made of the squared error from the protocol, and its table from the metrics', () => {
    const [mse, expectedResidual] = [{ sigma: 1, expected: true }, { edges: [0, 2], values: [9] }];
    const options = residualOptions({ ssim: null }, parseProtocol({ mse }, null, null, { expectedResidual }));
    expect(options).toMatchObject({ mse, expected: expectedResidual });
    expect(parseProtocol({}, null, null, { measures: {} }).mse).toEqual({ mse: { sigma: 0, expected: false }, expected: null });
  });

  it('knows that padded patches are not aligned with the photograph', () => {
    expect(parseProtocol({}, null, { geometry: { kind: 'patch' } }, null).aligned).toBe(false);
    expect(parseProtocol({}, null, { geometry: { kind: 'image' } }, null).aligned).toBe(true);
    expect(parseProtocol({}, null, null, null).aligned).toBe(true);
  });

  it('says how a threshold was chosen, and that none was', () => {
    const { thresholds } = parseProtocol({}, { ssim: { pixel: 0.3, image: 0.4, quantile: 0.995, origin: '12 good validation images' }, mse: null }, null, null);
    expect(thresholds.ssim).toEqual({ pixel: 0.3, image: 0.4, quantile: 0.995, origin: '99.5 % quantile of 12 good validation images' });
    expect(thresholds.mse).toMatchObject({ pixel: null, image: null, origin: 'not fitted: there were no good validation images' });
  });

  it('reads the curves of a measure and leaves a missing one out', () => {
    const curve = [{ x: 0, y: 0, threshold: null }, { x: 1, y: 1, threshold: 0.2 }];
    expect(parseCurves({ ssim: { roc: curve, pr: curve } })).toEqual({ ssim: { roc: curve, pr: curve }, mse: null });
    expect(parseCurves({ curves: { mse: { pixel: { roc: curve, pr: curve } } }, histogram: {} })).toEqual({ ssim: null, mse: { roc: curve, pr: curve } });
    expect(parseCurves(null)).toEqual({ ssim: null, mse: null });
  });
});
