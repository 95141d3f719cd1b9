import { z } from 'zod';

/** The queues: a name and a payload of ids only. What a job is about is read from the database when it runs. */
export const queues = {
  training: z.strictObject({ trainingRunId: z.uuid() }),
  evaluation: z.strictObject({ evaluationId: z.uuid() }),
  import: z.strictObject({ importId: z.uuid() }),
  leakCheck: z.strictObject({ leakCheckId: z.uuid() }),
  webhook: z.strictObject({ deliveryId: z.uuid() }),
} as const;

export type QueueName = keyof typeof queues;
export type Payload<Name extends QueueName> = z.infer<(typeof queues)[Name]>;

export const queueNames = Object.keys(queues) as QueueName[];

/** Attempts before a job is given up: the first and two retries. */
export const maximumAttempts = 3;

/** Settings of every queue. A worker that dies is noticed after one missed heartbeat; a retry starts at once. */
export const queueSettings = {
  heartbeatSeconds: 10,
  retryLimit: maximumAttempts - 1,
  retryDelay: 0,
  /** A training may take long: liveness is told by the heartbeat, not by the duration. */
  expireInSeconds: 23 * 3600,
  deleteAfterSeconds: 7 * 24 * 3600,
  /** Work waits as long as it must: a job that waits for a worker, or behind others, is not dropped. */
  retentionSeconds: 10 * 365 * 24 * 3600,
  notify: true,
} as const;
