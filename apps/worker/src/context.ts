import type { Jobs } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import type { Logger } from 'pino';

/** What every handler is given. */
export interface WorkerContext {
  readonly prisma: PrismaClient;
  readonly jobs: Jobs;
  readonly storage: Storage;
  readonly log: Logger;
  /** Id of this worker's row. */
  readonly workerId: string;
  /** Folder of the runs' working folders. */
  readonly runsFolder: string;
  /** Aborted when the worker is asked to end. */
  readonly stopping: AbortSignal;
}
