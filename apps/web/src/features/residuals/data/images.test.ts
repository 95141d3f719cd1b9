import { describe, expect, it } from 'vitest';
import { initialView, type ViewState } from '../view/view-state.ts';
import { arrange, catches, disagreement } from './arrange.ts';
import { countCommented, keptByComments } from './commented.ts';
import { countLabels, countOutcomes, findImage, measuredAt, type EvaluatedImage, type VariantImage } from './images.ts';

/** @param scores by 1 − SSIM under each evaluation; undefined where it did not measure the image, null where it has no such map */
const image = (name: string, label: string, ...scores: (number | null | undefined)[]): EvaluatedImage => ({
  id: `img_${name}`,
  name,
  label,
  defective: label !== 'good',
  split: name.startsWith('v') ? 'validation' : 'test',
  width: 8,
  height: 8,
  maskUrl: null,
  variants: scores.map((score, place): VariantImage | null =>
    score === undefined
      ? null
      : {
          reconstructionId: `rec_${name}_${place}`,
          networkWidth: 8,
          networkHeight: 8,
          inputUrl: '/files/in.png',
          reconstructionUrl: '/files/out.png',
          statistics: { ssim: score === null ? null : { score, minimum: 0, maximum: score, mean: 0, p99: score, tiffUrl: '' }, mse: null },
        },
  ),
});
const names = (images: readonly EvaluatedImage[]) => images.map(({ name }) => name);

describe('images of an evaluation', () => {
  const all = [
    image('2.png', 'good', 0.2),
    image('10.png', 'good', 0.6),
    image('a.png', 'scratch', 0.9),
    image('b.png', 'blot', 0.1),
    image('c.png', 'blot', null),
  ];
  const comments = new Map([
    ['img_10.png', { open: 2, resolved: 0 }],
    ['img_b.png', { open: 0, resolved: 1 }],
  ]);
  const arranged = (view: Partial<ViewState>, threshold: number | null = 0.5) =>
    names(arrange(all, { ...initialView, ...view }, [threshold], keptByComments(comments, view.commented ?? null)));

  it('come in the order of the score, those without one last', () => {
    expect(arranged({})).toEqual(['a.png', '10.png', '2.png', 'b.png', 'c.png']);
    expect(arranged({ sort: 'lowest' })).toEqual(['b.png', '2.png', '10.png', 'a.png', 'c.png']);
  });

  it('come nearest to the threshold first when asked so', () => {
    expect(arranged({ sort: 'threshold' }, 0.25)).toEqual(['2.png', 'b.png', '10.png', 'a.png', 'c.png']);
  });

  it('come by label and natural name when sorted by name', () => {
    expect(arranged({ sort: 'name' })).toEqual(['b.png', 'c.png', '2.png', '10.png', 'a.png']);
  });

  it('are kept by label and by outcome at the image threshold', () => {
    expect(arranged({ labels: ['blot'] })).toEqual(['b.png', 'c.png']);
    expect(arranged({ outcomes: ['fp', 'fn'] })).toEqual(['10.png', 'b.png']);
    expect(arranged({ outcomes: ['fp', 'fn'] }, 0.05)).toEqual(['10.png', '2.png']);
    expect(arranged({ outcomes: ['tp'] }, null)).toEqual([]);
  });

  it('are kept by what people wrote about them', () => {
    expect(arranged({ commented: 'open' })).toEqual(['10.png']);
    expect(arranged({ commented: 'any' })).toEqual(['10.png', 'b.png']);
    expect(arranged({ commented: 'any', outcomes: ['fn'] })).toEqual(['b.png']);
    expect(countCommented(comments)).toEqual({ open: 1, any: 2 });
  });

  it('are counted by outcome and by label, good first', () => {
    expect(countOutcomes(all, 0, 'ssim', 0.5)).toEqual({ tp: 1, fp: 1, fn: 1, tn: 1 });
    expect(countLabels(all)).toEqual([
      { label: 'good', count: 2 },
      { label: 'blot', count: 2 },
      { label: 'scratch', count: 1 },
    ]);
  });

  it('are found by their own id and by that of what an evaluation stored of them', () => {
    expect(findImage(all, 'img_a.png')?.name).toBe('a.png');
    expect(findImage(all, 'rec_b.png_0')?.name).toBe('b.png');
    expect(findImage(all, 'rec_b.png_1')).toBeUndefined();
  });
});

describe('images of several evaluations', () => {
  // Thresholds 0.5 and 5: what is 0.4 to A is 4 to B.
  const thresholds = [0.5, 5];
  const all = [
    image('caught by A', 'scratch', 0.6, 4),
    image('caught by A clearly', 'scratch', 0.9, 1),
    image('caught by B', 'scratch', 0.4, 6),
    image('caught by both', 'scratch', 0.7, 7),
    image('false alarm of B', 'good', 0.1, 9),
    image('only A', 'good', 0.2, undefined),
    image('v only B', 'good', undefined, 2),
  ];
  const arranged = (view: Partial<ViewState>) => names(arrange(all, { ...initialView, ...view }, thresholds));

  it('begin with what A catches and B misses, the clearest first, and end with what cannot be compared', () => {
    const order = arranged({ sort: 'catches' });
    expect(order.slice(0, 3)).toEqual(['caught by A clearly', 'caught by A', 'false alarm of B']);
    expect(order.slice(-2).sort()).toEqual(['only A', 'v only B']);
    expect(arranged({ sort: 'catches', pair: [1, 0] })[0]).toBe('caught by B');
    expect(all.filter((one) => catches(one, [0, 1], 'ssim', thresholds))).toHaveLength(2);
  });

  it('disagree by the largest difference of score over threshold, whatever the scales', () => {
    expect(disagreement(all[3]!, [0, 1], 'ssim', thresholds)).toBeCloseTo(0, 12);
    expect(disagreement(all[4]!, [0, 1], 'ssim', thresholds)).toBeCloseTo(1.6, 12);
    expect(disagreement(all[5]!, [0, 1], 'ssim', thresholds)).toBeNull();
    expect(arranged({ sort: 'disagreement' }).slice(0, 2)).toEqual(['false alarm of B', 'caught by A clearly']);
  });

  it('are kept by the outcome of the leading evaluation, or of any that is shown', () => {
    expect(arranged({ outcomes: ['fp'] })).toEqual([]);
    expect(arranged({ outcomes: ['fp'], lead: 1 })).toEqual(['false alarm of B']);
    expect(arranged({ outcomes: ['fp'], anyOutcome: true })).toEqual(['false alarm of B']);
    expect(arranged({ outcomes: ['fp'], anyOutcome: true, hidden: [1] })).toEqual([]);
  });

  it('are kept by the range of their score under each evaluation, with its ends, and not where one did not score them', () => {
    const ssim = (...ranges: ViewState['scoreRanges']['ssim']) => arranged({ sort: 'name', scoreRanges: { ssim: ranges, mse: [] } });
    expect(ssim({ from: 0.6, to: 0.9 }).sort()).toEqual(['caught by A', 'caught by A clearly', 'caught by both']);
    expect(ssim({ from: 0.6, to: 0.9 }, { from: 4, to: null }).sort()).toEqual(['caught by A', 'caught by both']);
    expect(ssim(null, { from: null, to: 2 }).sort()).toEqual(['caught by A clearly', 'v only B']);
    expect(ssim({ from: 0.9, to: 0.6 })).toEqual([]);
    expect(ssim(null, null, { from: 0, to: 1 })).toHaveLength(7);
    expect(arranged({ scoreRanges: { ssim: [], mse: [{ from: 9, to: null }] } })).toHaveLength(7);
  });

  it('are kept by split, and where asked only where every evaluation measured them', () => {
    expect(arranged({ splits: ['validation'] })).toEqual(['v only B']);
    expect(arranged({ shared: true })).toHaveLength(5);
  });

  it('are under one evaluation the same object each time, and null where it did not measure them', () => {
    expect(measuredAt(all[0]!, 1)).toBe(measuredAt(all[0]!, 1));
    expect(measuredAt(all[0]!, 1)).toMatchObject({ name: 'caught by A', reconstructionId: 'rec_caught by A_1' });
    expect(measuredAt(all[6]!, 0)).toBeNull();
  });
});
