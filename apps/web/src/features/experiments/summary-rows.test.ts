import { expect, it } from 'vitest';
import { matrixOf } from './cells.ts';
import { bestRows, summaryRow, type MeasuredRun } from './summary-rows.ts';

const run = (variant: string, seed: number, validationLoss: number, state = 'succeeded'): MeasuredRun => ({
  id: `${variant}${seed}`,
  kind: 'reconstruction',
  seed,
  state,
  validationLoss,
  imagesPerSecond: 100,
  createdAt: new Date(seed).toISOString(),
  startedAt: new Date(0).toISOString(),
  finishedAt: new Date(60_000).toISOString(),
  variant: { id: variant, name: variant },
  datasetVersion: { id: 'dsv', number: 1, dataset: { id: 'dst', name: 'brick' } },
});
const rowsOf = (runs: readonly MeasuredRun[]) => matrixOf(runs).blocks[0]!.rows.map((row) => summaryRow(row, () => null));

it('takes mean and spread over the seeds that succeeded', () => {
  const [row] = rowsOf([run('a', 1, 10), run('a', 2, 14), run('a', 3, 99, 'failed')]);
  expect(row).toMatchObject({ done: 2, of: 3, loss: { mean: 12, count: 2 }, seconds: { mean: 60 }, imageAuc: null });
});

it('finds the best as printed, ties included', () => {
  const rows = rowsOf([run('a', 1, 10.04), run('b', 1, 10.01), run('c', 1, 11)]);
  expect([...bestRows(rows, 'loss', 1)]).toEqual(['dsv a', 'dsv b']);
  expect([...bestRows(rows, 'loss', 2)]).toEqual(['dsv b']);
  expect([...bestRows(rows, 'imageAuc', 3)]).toEqual([]);
});
