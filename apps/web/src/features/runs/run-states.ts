import type { WorkState } from '#web/components/ui/state-badge.tsx';

export const activeStates = ['queued', 'preparing', 'running', 'paused'] as const satisfies readonly WorkState[];

/** Still to end: it is waiting, at work or put aside. */
export function isActive(state: WorkState): boolean {
  return (activeStates as readonly WorkState[]).includes(state);
}

/** What is shown for the state: a wish that is still to be followed comes first. */
export function stateWord(run: {
  readonly state: WorkState;
  readonly cancelRequested: boolean;
  readonly pauseRequested?: boolean;
}): string {
  if (!isActive(run.state)) return run.state;
  if (run.cancelRequested) return 'cancelling';
  return run.pauseRequested ? 'pausing' : run.state;
}

/** Choices of the list's filter, and the states behind each. */
export const stateFilters = [
  { value: 'all', label: 'All', states: null },
  { value: 'active', label: 'Active', states: [...activeStates] },
  { value: 'paused', label: 'Paused', states: ['paused' as const] },
  { value: 'succeeded', label: 'Succeeded', states: ['succeeded' as const] },
  { value: 'failed', label: 'Failed', states: ['failed' as const] },
  { value: 'cancelled', label: 'Cancelled', states: ['cancelled' as const] },
] as const;
