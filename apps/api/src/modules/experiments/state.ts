import type { ExperimentSummary } from './loaders.ts';

export const experimentStates = ['queued', 'running', 'paused', 'evaluating', 'succeeded', 'failed', 'cancelled'] as const;
export type ExperimentState = (typeof experimentStates)[number];

/** The state of an experiment follows from its cells: what is at work comes first, then what waits, then how it ended. */
export function stateOf({ states, evaluating }: Pick<ExperimentSummary, 'states' | 'evaluating'>): ExperimentState {
  const any = (...wanted: string[]): boolean => states.some(({ state, count }) => count > 0 && wanted.includes(state));
  if (any('preparing', 'running')) return 'running';
  if (any('queued')) return any('succeeded', 'failed') ? 'running' : 'queued';
  if (any('paused')) return 'paused';
  if (evaluating > 0) return 'evaluating';
  if (any('failed')) return 'failed';
  return any('cancelled') ? 'cancelled' : 'succeeded';
}

export const cellCount = ({ states }: Pick<ExperimentSummary, 'states'>): number => states.reduce((sum, { count }) => sum + count, 0);

/** Done share, 0–1. */
export function shareDone(summary: ExperimentSummary): number {
  const cells = cellCount(summary);
  return cells === 0 ? 0 : Math.min(1, summary.done / cells);
}
