import { describe, expect, it } from 'vitest';
import type { EvaluatedImage } from '#web/features/residuals/data/images.ts';
import { scoresCsv } from './scores-csv.ts';

const image = (name: string, label: string): EvaluatedImage => ({
  id: 'img_1',
  name,
  label,
  defective: label !== 'good',
  split: 'test',
  width: 4,
  height: 4,
  maskUrl: null,
  variants: [
    {
      reconstructionId: 'rec_1',
      networkWidth: 2,
      networkHeight: 2,
      inputUrl: '',
      reconstructionUrl: '',
      statistics: { ssim: { score: 0.5, minimum: 0, maximum: 1, mean: 0.25, p99: 0.75, tiffUrl: '' }, mse: null },
    },
  ],
});

describe('scores as CSV', () => {
  it('have one line an image, empty cells for what is unknown, and the outcome at the threshold', () => {
    const [head, line, end] = scoresCsv([image('a.png', 'scratch')], { ssim: 0.4, mse: null }).split('\r\n');
    expect(head).toBe('label,image,ssim_score,ssim_outcome,ssim_minimum,ssim_maximum,ssim_mean,ssim_p99,mse_score,mse_outcome,mse_minimum,mse_maximum,mse_mean,mse_p99');
    expect(line).toBe('scratch,a.png,0.5,TP,0,1,0.25,0.75,,,,,,');
    expect(end).toBe('');
  });

  it('quote names with commas and quotes and defuse formulas', () => {
    const text = scoresCsv([image('a, "b".png', '=1+2')], { ssim: null, mse: null });
    expect(text).toContain(`'=1+2,"a, ""b"".png",0.5,,`);
  });
});
