import type { TrainingRun } from '@plumbline/prisma';
import { expect, test } from 'vitest';
import { progressOf } from './service.ts';

const run = (what: Partial<TrainingRun>) => ({ state: 'running', epoch: 0, epochs: 4, epochShare: 0, ...what }) as TrainingRun;

test('a run’s progress moves within an epoch, never beyond the whole', () => {
  expect(progressOf(run({ epochShare: 0.5 }))).toBe(0.125);
  expect(progressOf(run({ epoch: 3, epochShare: 0.2 }))).toBeCloseTo(0.8, 12);
  expect(progressOf(run({ epoch: 4, epochShare: 1 }))).toBe(1);
  expect(progressOf(run({ state: 'succeeded', epoch: 2 }))).toBe(1);
  expect(progressOf(run({ epochs: 0 }))).toBe(0);
});
