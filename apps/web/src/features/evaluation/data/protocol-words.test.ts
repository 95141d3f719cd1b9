import { expect, it } from 'vitest';
import { protocolWords } from './protocol-words.ts';

it('say what a protocol decides, and nothing of what it does not name', () => {
  const ssim = { window: 'gaussian', sigma: 1.5, size: 11 };
  const plain = { split: 'test', ssim, mse: { sigma: 0, expected: false }, imageScore: 'top1pc', thresholdQuantile: 0.995, paperMode: false };
  expect(protocolWords(plain)).toBe('test · SSIM Gaussian σ 1.5, 11 px · score top 1 % · T at 99.5 %');
  expect(
    protocolWords({ ...plain, ssim: { ...ssim, window: 'uniform' }, mse: { sigma: 2, expected: true }, imageScore: 'max', paperMode: true }),
  ).toBe('test · SSIM uniform 11 px · squared error smoothed σ 2, by expectation · score maximum · T at 99.5 % · paper mode');
  expect(protocolWords({ split: 'validation' })).toBe('validation');
  expect(protocolWords(null)).toBe('test');
});
