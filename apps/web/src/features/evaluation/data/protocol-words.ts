import { z } from 'zod';

const schema = z
  .object({
    split: z.string(),
    ssim: z.object({ window: z.string(), sigma: z.number(), size: z.number() }),
    mse: z.object({ sigma: z.number(), expected: z.boolean() }).partial(),
    imageScore: z.string(),
    thresholdQuantile: z.number(),
    paperMode: z.boolean(),
  })
  .partial();

const scores: Readonly<Record<string, string>> = { top1pc: 'top 1 %', max: 'maximum', mean: 'mean' };

/** A protocol in one line: "test · SSIM Gaussian σ 1.5, 11 px · score top 1 % · T at 99.5 %"; what is at its default of little interest is left out. */
export function protocolWords(json: unknown): string {
  const { split, ssim, mse, imageScore, thresholdQuantile, paperMode } = schema.safeParse(json).data ?? {};
  const window = ssim && (ssim.window === 'gaussian' ? `Gaussian σ ${ssim.sigma}, ${ssim.size} px` : `uniform ${ssim.size} px`);
  const error = [mse?.sigma ? `smoothed σ ${mse.sigma}` : null, mse?.expected ? 'by expectation' : null].filter(Boolean).join(', ');
  return [
    split ?? 'test',
    window && `SSIM ${window}`,
    error && `squared error ${error}`,
    imageScore && `score ${scores[imageScore] ?? imageScore}`,
    thresholdQuantile !== undefined && `T at ${Number((100 * thresholdQuantile).toFixed(3))} %`,
    paperMode && 'paper mode',
  ]
    .filter(Boolean)
    .join(' · ');
}
