/** Which acts a run's state allows. */
export interface PossibleActs {
  readonly cancel: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly retry: boolean;
  /** From its last checkpoint. */
  readonly goOn: boolean;
  readonly prioritise: boolean;
}

export interface ControlledRun {
  readonly state: 'queued' | 'preparing' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'paused';
  readonly cancelRequested: boolean;
  readonly pauseRequested: boolean;
  readonly checkpoints: readonly { readonly kind: 'best' | 'last' }[];
}

export function possibleActs({ state, cancelRequested, pauseRequested, checkpoints }: ControlledRun): PossibleActs {
  const underWay = state === 'preparing' || state === 'running';
  const waits = state === 'queued' || state === 'paused';
  return {
    cancel: (underWay || waits) && !cancelRequested,
    pause: (underWay || state === 'queued') && !pauseRequested && !cancelRequested,
    resume: state === 'paused',
    retry: state === 'failed' || state === 'cancelled',
    goOn: state === 'failed' && checkpoints.some(({ kind }) => kind === 'last'),
    prioritise: waits,
  };
}
