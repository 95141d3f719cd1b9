import { describe, expect, it } from 'vitest';
import { matrixOf, type CellRun } from './cells.ts';

const version = (name: string) => ({ id: `dsv_${name}`, number: 1, dataset: { id: `dst_${name}`, name } });
const run = (id: string, variant: string, seed: number, minute: number, more: Partial<CellRun> = {}): CellRun => ({
  id,
  kind: 'reconstruction',
  seed,
  createdAt: new Date(minute * 60_000).toISOString(),
  variant: { id: `var_${variant}`, name: variant },
  datasetVersion: version('brick'),
  ...more,
});

describe('the matrix of an experiment', () => {
  it('shows the newest run of a combination and counts those before it', () => {
    const matrix = matrixOf([run('c', 'a', 1, 3), run('a', 'a', 1, 1), run('b', 'a', 2, 2)]);
    expect(matrix.seeds).toEqual([1, 2]);
    const bySeed = matrix.blocks[0]!.rows[0]!.bySeed;
    expect(bySeed.get(1)).toMatchObject({ run: { id: 'c' }, earlier: 1 });
    expect(bySeed.get(2)).toMatchObject({ run: { id: 'b' }, earlier: 0 });
  });

  it('keeps datasets apart and orientation trainings out of the cells', () => {
    const matrix = matrixOf([
      run('o', 'orientation', 1, 0, { kind: 'orientation' }),
      run('a', 'a', 1, 1),
      run('b', 'a', 1, 2, { datasetVersion: version('grass') }),
      run('c', 'b', 1, 3),
    ]);
    expect(matrix.blocks.map(({ version: { dataset }, rows }) => [dataset.name, ...rows.map((row) => row.variant.name)])).toEqual([
      ['brick', 'a', 'b'],
      ['grass', 'a'],
    ]);
    expect(matrix.orientations.map(({ id }) => id)).toEqual(['o']);
  });
});
