import { expect, it } from 'vitest';
import type { ListedRun } from './listed-run.ts';
import { runsCsv } from './runs-csv.ts';

const run = {
  ...{
    id: 'run_1',
    state: 'running',
    attempt: 1,
    epoch: 2,
    epochs: 5,
    progress: 0.4,
    imagesPerSecond: 12.5,
    secondsLeft: 3,
    trainLoss: 0.1,
  },
  ...{ validationLoss: null, dataVariance: null, phase: null, warning: null, reason: 'Said "no", twice', finishedAt: null, priority: 0 },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', createdAt: '2026-01-01T00:00:00.000Z', cancelRequested: true, pauseRequested: false },
  ...{ kind: 'reconstruction', seed: 3, createdBy: null, experiment: null, worker: null, variant: { id: 'var_1', name: '=ae' } },
  recipe: { id: 'rcp_1', name: 'ae', hash: 'abc' },
  datasetVersion: { id: 'dsv_1', number: 4, dataset: { id: 'dst_1', name: 'brick' } },
} as unknown as ListedRun;

it('the file has the columns shown, numbers in full, and no text that a spreadsheet would run', () => {
  const now = Date.parse('2026-01-01T00:01:30.000Z');
  expect(runsCsv([run], ['variant', 'dataset', 'trainLoss', 'validationLoss', 'duration', 'reason', 'state', 'person'], now)).toBe(
    [
      'id,state,variant,dataset,version,training_loss,validation_loss,duration_seconds,reason,by',
      `run_1,cancelling,'=ae,brick,4,0.1,,90,"Said ""no"", twice",Plumbline`,
      '',
    ].join('\r\n'),
  );
  expect(runsCsv([], ['state'], now)).toBe('id,state\r\n');
});
