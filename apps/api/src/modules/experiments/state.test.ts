import { expect, test } from 'vitest';
import { stateOf } from './state.ts';

const of = (counts: Record<string, number>, evaluating = 0) =>
  stateOf({ states: Object.entries(counts).map(([state, count]) => ({ state: state as 'queued', count })), evaluating });

test.each([
  ['queued', { queued: 4 }, 0],
  ['running', { queued: 3, preparing: 1 }, 0],
  ['running', { queued: 3, succeeded: 1 }, 1],
  ['running', { running: 1, failed: 1, paused: 1 }, 0],
  ['paused', { paused: 1, succeeded: 3 }, 1],
  ['evaluating', { succeeded: 4 }, 1],
  ['succeeded', { succeeded: 4 }, 0],
  ['failed', { succeeded: 3, failed: 1, cancelled: 1 }, 0],
  ['cancelled', { succeeded: 3, cancelled: 1 }, 0],
] as const)('an experiment is %s with %o and %i evaluations under way', (state, counts, evaluating) => {
  expect(of(counts, evaluating)).toBe(state);
});
