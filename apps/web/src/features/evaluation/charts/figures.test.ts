import { describe, expect, it } from 'vitest';
import { formatsOf } from '#web/features/residuals/view/protocol.ts';
import { curveFigure, scoresFigure } from './figures.ts';

const curve = [0, 0.5, 1].map((x) => ({ x, y: Math.sqrt(x), threshold: null }));

describe('figures of an evaluation', () => {
  it('name both measures with their areas, and what guessing reaches', () => {
    const words = { title: 'brick: ROC over pixels', xLabel: 'false positive rate', yLabel: 'true positive rate' };
    const roc = curveFigure({ ...words, curves: { ssim: curve, mse: curve }, areas: { ssim: 0.91234, mse: null }, chance: 'diagonal' });
    for (const text of ['brick: ROC over pixels', 'SSIM 0.912', 'guessing', 'false positive rate']) expect(roc).toContain(text);
    const pr = curveFigure({ ...words, curves: { ssim: curve, mse: null }, areas: { ssim: 0.5, mse: null }, chance: 0.0312 });
    expect(pr).toContain('prevalence 0.031');
    expect(pr).not.toContain('MSE');
  });

  it('keep the threshold in sight where every score is below it', () => {
    const histogram = { edges: [0, 0.5, 1], good: [3, 0], defective: [0, 2] };
    const svg = scoresFigure('scores', histogram, formatsOf({ mse: {} }).ssim, 1.25);
    expect(svg).toContain('T 1.250');
    expect(svg).toMatch(/^<svg[^>]+width="640"/);
  });
});
