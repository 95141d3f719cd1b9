import { expect, it } from 'vitest';
import { possibleActs, type ControlledRun } from './run-acts.ts';

const run = (state: ControlledRun['state'], more: Partial<ControlledRun> = {}): ControlledRun => ({
  state,
  cancelRequested: false,
  pauseRequested: false,
  checkpoints: [],
  ...more,
});
const acts = (of: ControlledRun) =>
  Object.entries(possibleActs(of))
    .filter(([, possible]) => possible)
    .map(([name]) => name);

it('offers what a state allows', () => {
  expect(acts(run('queued'))).toEqual(['cancel', 'pause', 'prioritise']);
  expect(acts(run('running'))).toEqual(['cancel', 'pause']);
  expect(acts(run('paused'))).toEqual(['cancel', 'resume', 'prioritise']);
  expect(acts(run('succeeded'))).toEqual([]);
  expect(acts(run('cancelled'))).toEqual(['retry']);
});

it('offers to continue only what failed and has a last checkpoint', () => {
  expect(acts(run('failed', { checkpoints: [{ kind: 'best' }] }))).toEqual(['retry']);
  expect(acts(run('failed', { checkpoints: [{ kind: 'best' }, { kind: 'last' }] }))).toEqual(['retry', 'goOn']);
});

it('offers nothing twice', () => {
  expect(acts(run('running', { pauseRequested: true }))).toEqual(['cancel']);
  expect(acts(run('running', { cancelRequested: true }))).toEqual([]);
});
