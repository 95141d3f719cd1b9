import { describe, expect, it } from 'vitest';
import { arrange, countLabels, countOutcomes, type EvaluatedImage } from './images.ts';

const image = (name: string, label: string, ssim: number | null): EvaluatedImage => ({
  id: `rec_${name}`,
  name,
  label,
  defective: label !== 'good',
  width: 8,
  height: 8,
  networkWidth: 8,
  networkHeight: 8,
  inputUrl: '/files/in.png',
  reconstructionUrl: '/files/out.png',
  maskUrl: null,
  statistics: { ssim: ssim === null ? null : { score: ssim, minimum: 0, maximum: ssim, mean: 0, p99: ssim, tiffUrl: '' }, mse: null },
});
const all = [
  image('2.png', 'good', 0.2),
  image('10.png', 'good', 0.6),
  image('a.png', 'scratch', 0.9),
  image('b.png', 'blot', 0.1),
  image('c.png', 'blot', null),
];
const names = (images: EvaluatedImage[]) => images.map(({ name }) => name);
const view = { measure: 'ssim', labels: [], outcomes: [], sort: 'highest' } as const;

describe('images of an evaluation', () => {
  it('come in the order of the score, those without one last', () => {
    expect(names(arrange(all, view, 0.5))).toEqual(['a.png', '10.png', '2.png', 'b.png', 'c.png']);
    expect(names(arrange(all, { ...view, sort: 'lowest' }, 0.5))).toEqual(['b.png', '2.png', '10.png', 'a.png', 'c.png']);
  });

  it('come by label and natural name when sorted by name', () => {
    expect(names(arrange(all, { ...view, sort: 'name' }, 0.5))).toEqual(['b.png', 'c.png', '2.png', '10.png', 'a.png']);
  });

  it('are kept by label and by outcome at the image threshold', () => {
    expect(names(arrange(all, { ...view, labels: ['blot'] }, 0.5))).toEqual(['b.png', 'c.png']);
    expect(names(arrange(all, { ...view, outcomes: ['fp', 'fn'] }, 0.5))).toEqual(['10.png', 'b.png']);
    expect(names(arrange(all, { ...view, outcomes: ['fp', 'fn'] }, 0.05))).toEqual(['10.png', '2.png']);
    expect(arrange(all, { ...view, outcomes: ['tp'] }, null)).toEqual([]);
  });

  it('are counted by outcome and by label, good first', () => {
    expect(countOutcomes(all, 'ssim', 0.5)).toEqual({ tp: 1, fp: 1, fn: 1, tn: 1 });
    expect(countLabels(all)).toEqual([
      { label: 'good', count: 2 },
      { label: 'blot', count: 2 },
      { label: 'scratch', count: 1 },
    ]);
  });
});
