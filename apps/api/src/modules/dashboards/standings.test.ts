import { expect, it } from 'vitest';
import { leadOf, standingsOf, type Measured } from './standings.ts';

const now = new Date('2026-03-31T12:00:00Z');
let id = 0;
const measured = (value: number, day: number, more: Partial<Measured> = {}): Measured => ({
  evaluationId: `e${id++}`,
  projectId: 'p',
  datasetId: 'brick',
  datasetName: 'brick',
  versionNumber: 1,
  protocolHash: 'usual',
  variantId: more.variantName ?? 'ae',
  variantName: 'ae',
  seed: 1,
  finishedAt: new Date(`2026-03-${String(day).padStart(2, '0')}T00:00:00Z`),
  value,
  ...more,
});

it('the best variant is the one with the highest mean over its seeds, each seed by its newest evaluation', () => {
  const rows = [
    measured(0.5, 1, { seed: 1 }),
    measured(0.7, 2, { seed: 1 }),
    measured(0.8, 3, { seed: 2 }),
    measured(0.9, 4, { seed: 3 }),
    measured(0.79, 5, { variantName: 'ours' }),
  ];
  const lead = leadOf(rows)!;
  // 0.7, 0.8 and 0.9: mean 0.8, deviations 0.1 0 0.1, √(0.02 / 2) = 0.1; seed 2 lies at the mean.
  expect(lead).toMatchObject({ variantCount: 2, versionNumber: 1, protocolHash: 'usual' });
  expect(lead.best).toMatchObject({ variantName: 'ae', seeds: 3, evaluationId: rows[2]!.evaluationId });
  expect(lead.best.mean).toBeCloseTo(0.8, 12);
  expect(lead.best.spread).toBeCloseTo(0.1, 12);
  expect(leadOf(rows.slice(4))!.best).toMatchObject({ mean: 0.79, spread: null, seeds: 1 });
  expect(leadOf([])).toBeNull();
});

it('like is compared with like: an older version and a rarer protocol win nothing', () => {
  const rows = [
    measured(0.99, 1),
    measured(0.6, 2, { versionNumber: 2 }),
    measured(0.7, 3, { versionNumber: 2, seed: 2 }),
    measured(0.98, 4, { versionNumber: 2, protocolHash: 'rare', variantName: 'ours' }),
  ];
  expect(leadOf(rows)).toMatchObject({ versionNumber: 2, protocolHash: 'usual', variantCount: 1, best: { variantName: 'ae', seeds: 2 } });
  // One each: the protocol used last.
  expect(leadOf([rows[1]!, rows[3]!])).toMatchObject({ protocolHash: 'rare', best: { variantName: 'ours' } });
});

it('a standing tells how its best mean went, and how it stood a week ago', () => {
  const rows = [measured(0.6, 10), measured(0.8, 26, { variantName: 'ours' }), measured(0.7, 28, { seed: 2 })];
  const other = measured(0.4, 30, { datasetId: 'bark', datasetName: 'bark' });
  const [bark, brick] = standingsOf([rows[2]!, other, rows[0]!, rows[1]!], now);
  expect(bark).toMatchObject({ datasetName: 'bark', weekAgo: null, best: { mean: 0.4 } });
  expect(brick!.best).toMatchObject({ variantName: 'ours', mean: 0.8 });
  expect(brick!.weekAgo?.best).toMatchObject({ variantName: 'ae', mean: 0.6 });
  expect(brick!.history.map(({ value, variantName }) => [value, variantName])).toEqual([
    [0.6, 'ae'],
    [0.8, 'ours'],
    [0.8, 'ours'],
  ]);
  expect(brick!.history[1]!.at).toEqual(rows[1]!.finishedAt);
});
