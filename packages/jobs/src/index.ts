export { type Change, type ChangeListener, listenChanges, notifyChange } from './changes.ts';
export { checkpointFiles, type CheckpointFile } from './checkpointFiles.ts';
export {
  createJobs,
  type EnqueueOptions,
  type Jobs,
  type JobsOptions,
  type JobState,
  type QueueDepth,
  type Transaction,
  type Work,
} from './jobs.ts';
export { queueLeakCheck } from './leakChecks.ts';
export {
  addNotification,
  type NewNotification,
  type NotificationKind,
  notificationKinds,
  type NotificationPayload,
} from './notifications.ts';
export { maximumAttempts, type Payload, type QueueName, queueNames } from './queues.ts';
export { assertTransition, canTransition, isTerminal, type RunState, runStates, runTransitions, terminalStates } from './runStates.ts';
export { failWaitingRuns, queueWaitingRuns } from './waitingRuns.ts';
