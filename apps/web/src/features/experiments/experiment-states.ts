import type { ExperimentState } from '#web/graphql/generated/graphql.ts';

/** States in which runs of it have yet to end. */
export const isOpen = (state: ExperimentState): boolean => state === 'queued' || state === 'running' || state === 'paused';

/** Live changes are to be expected. */
export const isLive = (state: ExperimentState): boolean => isOpen(state) || state === 'evaluating';
