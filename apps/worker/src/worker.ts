import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createJobs } from '@plumbline/jobs';
import { createPrisma } from '@plumbline/prisma';
import { createLocalStorage } from '@plumbline/storage';
import type { Logger } from 'pino';
import { runTask } from './compute/runTask.ts';
import type { WorkerContext } from './context.ts';
import type { WorkerEnvironment } from './environment.ts';
import { evaluationHandler } from './evaluation/handler.ts';
import { importHandler } from './import/handler.ts';
import { leakHandler, requestMissingChecks } from './datasets/leakHandler.ts';
import { purgeDeleted } from './datasets/purge.ts';
import { register, type Registration } from './registration.ts';
import { failAbandoned } from './runs/abandoned.ts';
import { Cancellations } from './runs/cancellations.ts';
import { trainingHandler } from './training/handler.ts';

const sweepMilliseconds = 10_000;
const tidyMilliseconds = 3600_000;
/** Running handlers end their child processes within 3 s and then write the state. */
const stopMilliseconds = 5000;

export interface RunningWorker {
  readonly id: string;
  /** Ends within 6 s; what was under way waits in the queue again. */
  stop(): Promise<void>;
}

/** Takes jobs until it is stopped: one training, one evaluation and one import at a time. */
export async function startWorker(environment: WorkerEnvironment, log: Logger): Promise<RunningWorker> {
  const runsFolder = join(environment.data, 'runs');
  mkdirSync(runsFolder, { recursive: true });
  const stopping = new AbortController();
  const prisma = createPrisma(environment.databaseUrl, { applicationName: 'plumbline-worker' });
  const jobs = createJobs({
    connectionString: environment.databaseUrl,
    role: 'worker',
    onError: (error) => log.warn({ error: error.message }, 'queue'),
  });
  const registration = await register(prisma, log);
  const cancellations = new Cancellations(prisma, log);
  await cancellations.start(environment.databaseUrl);
  await jobs.start();
  const storage = createLocalStorage({ root: join(environment.data, 'storage') });
  const context: WorkerContext = { prisma, jobs, storage, log, workerId: registration.id, runsFolder, stopping: stopping.signal };
  await jobs.work('training', { concurrency: 1 }, trainingHandler(context, cancellations));
  await jobs.work('evaluation', { concurrency: 1 }, evaluationHandler(context));
  await jobs.work('import', { concurrency: 1 }, importHandler(context));
  await jobs.work('leakCheck', { concurrency: 1 }, leakHandler(context));
  const tidy = (): void => {
    purgeDeleted(context)
      .then(() => requestMissingChecks(context))
      .catch((error: Error) => log.warn({ error: error.message }, 'tidying'));
  };
  tidy();
  const tidying = setInterval(tidy, tidyMilliseconds);
  const sweep = setInterval(() => {
    failAbandoned(prisma, jobs).catch((error: Error) => log.warn({ error: error.message }, 'sweep'));
  }, sweepMilliseconds);
  const described = describeEngineOnce(registration, stopping.signal, log);

  return {
    id: registration.id,
    async stop() {
      stopping.abort();
      clearInterval(sweep);
      clearInterval(tidying);
      await jobs.stop(stopMilliseconds);
      await described;
      await cancellations.stop();
      await registration.end().catch((error: Error) => log.warn({ error: error.message }, 'deregistration'));
      await prisma.$disconnect();
    },
  };
}

/** Asked in a process of its own, so that the worker never loads TensorFlow. */
async function describeEngineOnce(registration: Registration, signal: AbortSignal, log: Logger): Promise<void> {
  try {
    const message = await runTask({ kind: 'describe-engine' }, { signal, onMessage: () => undefined });
    if (message?.kind !== 'engine') return;
    await registration.tellEngine(message.engine);
    log.info({ engine: message.engine.engine, device: message.engine.device, reason: message.engine.reason }, 'engine');
  } catch (error) {
    if (!signal.aborted) log.error({ error: (error as Error).message }, 'no engine');
  }
}
