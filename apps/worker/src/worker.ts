import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJobs } from '@plumbline/jobs';
import { createPrisma } from '@plumbline/prisma';
import { createLocalStorage } from '@plumbline/storage';
import type { Logger } from 'pino';
import type { WorkerContext } from './context.ts';
import { followDraining } from './draining.ts';
import type { WorkerEnvironment } from './environment.ts';
import { EngineKnowledge } from './engineKnowledge.ts';
import { evaluationHandler } from './evaluation/handler.ts';
import { importHandler } from './import/handler.ts';
import { leakHandler, requestMissingChecks } from './datasets/leakHandler.ts';
import { purgeDeleted } from './datasets/purge.ts';
import { performAll } from './performAll.ts';
import { register } from './registration.ts';
import { sweepOpenWork } from './runs/abandoned.ts';
import { Requests } from './runs/requests.ts';
import { removeLeftFolders } from './training/leftFolders.ts';
import { trainingHandler } from './training/handler.ts';
import { webhookHandler } from './webhooks/handler.ts';

const sweepMilliseconds = 10_000;
const tidyMilliseconds = 3600_000;
/** Running handlers end their child processes within 3 s and then write the state. */
const stopMilliseconds = 5000;
const disconnectMilliseconds = 500;

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
  const requests = new Requests(prisma, log);
  await requests.start(environment.databaseUrl);
  await jobs.start();
  const storage = createLocalStorage({ root: join(environment.data, 'storage') });
  const context: WorkerContext = { prisma, jobs, storage, log, workerId: registration.id, runsFolder, stopping: stopping.signal };
  await jobs.work('training', { concurrency: 1 }, trainingHandler(context, requests));
  await jobs.work('evaluation', { concurrency: 1 }, evaluationHandler(context, requests));
  await jobs.work('import', { concurrency: 1 }, importHandler(context));
  await jobs.work('leakCheck', { concurrency: 1 }, leakHandler(context));
  await jobs.work('webhook', { concurrency: 4 }, webhookHandler(context, environment.webhookAllow));
  // Looking through all rows for a file may take longer than what people wait for.
  const patient = createPrisma(environment.databaseUrl, { connections: 1, applicationName: 'plumbline-tidying', longStatements: true });
  const tidy = (): void => {
    performAll({
      'removing what was deleted': () => purgeDeleted({ ...context, prisma: patient }),
      'asking for checks': () => requestMissingChecks(context),
      'removing folders': () => removeLeftFolders(context),
    }).catch((error: Error) => log.warn({ error: error.message }, 'tidying'));
  };
  tidy();
  const tidying = setInterval(tidy, tidyMilliseconds);
  const sweep = setInterval(() => {
    sweepOpenWork(prisma, jobs).catch((error: Error) => log.warn({ error: error.message }, 'sweep'));
  }, sweepMilliseconds);
  const stopFollowing = followDraining(prisma, jobs, registration.id, log);
  const engine = new EngineKnowledge(registration, prisma, stopping.signal, log);
  engine.start();

  return {
    id: registration.id,
    async stop() {
      stopping.abort();
      clearInterval(sweep);
      clearInterval(tidying);
      stopFollowing();
      await jobs.stop(stopMilliseconds);
      await engine.stop();
      await requests.stop();
      await registration.end().catch((error: Error) => log.warn({ error: error.message }, 'deregistration'));
      await prisma.$disconnect();
      // A long statement under way is not waited for: it is rolled back with its connection.
      await Promise.race([patient.$disconnect(), sleep(disconnectMilliseconds, undefined, { ref: false })]);
    },
  };
}
