/** States of a TrainingRun and of an Evaluation. The database refuses every transition that is not in this table. */
export const runStates = ['queued', 'preparing', 'running', 'succeeded', 'failed', 'cancelled', 'paused'] as const;
export type RunState = (typeof runStates)[number];

/** From → to. Back to `queued` is a retry after a worker stopped or died; `paused` waits until somebody resumes it. */
export const runTransitions: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['preparing', 'failed', 'cancelled', 'paused'],
  preparing: ['running', 'queued', 'failed', 'cancelled', 'paused'],
  running: ['succeeded', 'queued', 'failed', 'cancelled', 'paused'],
  succeeded: [],
  failed: [],
  cancelled: [],
  paused: ['queued', 'failed', 'cancelled'],
};

export const terminalStates: readonly RunState[] = runStates.filter((state) => runTransitions[state].length === 0);

export const isTerminal = (state: string): state is 'succeeded' | 'failed' | 'cancelled' => terminalStates.includes(state as RunState);

export const canTransition = (from: RunState, to: RunState): boolean => runTransitions[from].includes(to);

/** Throws when the table does not have the transition. */
export function assertTransition(from: RunState, to: RunState): void {
  if (!canTransition(from, to)) throw new Error(`A run cannot go from ${from} to ${to}.`);
}
