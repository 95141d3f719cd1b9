import { failWaitingRuns, maximumAttempts, notifyChange, type Jobs, type Payload, type QueueName } from '@plumbline/jobs';
import { Prisma, type PrismaClient } from '@plumbline/prisma';

const reason = `Its worker was lost ${maximumAttempts} times while working on it, most likely because memory ran out: start it again on a machine with more memory, or with a smaller batch.`;

/** Work that its queue gave up, or lost. */
interface Open {
  readonly queue: QueueName;
  readonly id: string;
  readonly attempt: number;
  readonly priority: number;
  readonly projectId: string;
  readonly datasetId: string;
  /** False where there is no job. */
  readonly failed: boolean;
}

export interface Swept {
  /** Ids of what was failed, and of what has a job again. */
  readonly failed: readonly string[];
  readonly released: readonly string[];
}

const unfinished = Prisma.sql`('queued', 'preparing', 'running')`;

/** What is not ended, with whether it waits for a job: a run that waits for a localisation network gets its job when that is trained. */
const open = Prisma.sql`
  select 'training' as "queue", r."id", r."attempt", r."priority", r."projectId", null::uuid as "datasetId",
    r."state" = 'queued' and (r."orientationRunId" is null or o."state" = 'succeeded') as "waits"
  from "TrainingRun" r left join "TrainingRun" o on o."id" = r."orientationRunId" where r."state" in ${unfinished}
  union all
  select 'evaluation', e."id", e."attempt", 0, r."projectId", null, e."state" = 'queued'
  from "Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" join "TrainingRun" r on r."id" = c."runId" where e."state" in ${unfinished}
  union all
  select 'import', i."id", i."attempt", 0, d."projectId", d."id", i."state" = 'queued'
  from "DatasetImport" i join "Dataset" d on d."id" = i."datasetId" where i."state" in ('queued', 'running')
  union all
  select 'leakCheck', k."id", 0, 0, d."projectId", d."id", k."state" = 'queued'
  from "LeakCheck" k join "Dataset" d on d."id" = k."datasetId" where k."state" in ('queued', 'running')
  union all
  select 'webhook', v."id", 0, 0, null, null, true from "WebhookDelivery" v where v."state" = 'waiting'`;

/**
 * Makes good what nobody is left to say. A job that killed its worker every time is given up by the queue: what it was about is failed. Work that waits
 * without a job, because its queue does not keep one that long or was restored from an older copy, gets one again.
 */
export async function sweepOpenWork(prisma: PrismaClient, jobs: Jobs): Promise<Swept> {
  const found = await prisma.$queryRaw<Open[]>`
    select w."queue", w."id", w."attempt", w."priority", w."projectId", w."datasetId", j.id is not null as "failed"
    from (${open}) w left join pgboss.job j on j.name = w."queue" and j.id = w."id"
    where j.state = 'failed' or (j.id is null and w."waits")`;
  const failed: string[] = [];
  const released: string[] = [];
  for (const work of found) {
    const done = await prisma.$transaction((tx) => (work.failed ? fail(tx, work) : release(tx, jobs, work)));
    if (done) (work.failed ? failed : released).push(work.id);
  }
  return { failed, released };
}

async function fail(tx: Prisma.TransactionClient, work: Open): Promise<boolean> {
  const { id, attempt, projectId, datasetId } = work;
  const ended = { state: 'failed' as const, finishedAt: new Date() };
  const states = { in: ['queued' as const, 'running' as const] };
  const runStates = { in: [...states.in, 'preparing' as const] };
  switch (work.queue) {
    case 'training': {
      const { count } = await tx.trainingRun.updateMany({
        where: { id, attempt, state: runStates },
        data: { ...ended, reason, workerId: null },
      });
      if (count === 0) return false;
      await failWaitingRuns(tx, id, reason);
      await notifyChange(tx, { kind: 'run', id, projectId });
      return true;
    }
    case 'evaluation': {
      const { count } = await tx.evaluation.updateMany({
        where: { id, attempt, state: runStates },
        data: { ...ended, reason, workerId: null },
      });
      if (count > 0) await notifyChange(tx, { kind: 'evaluation', id, projectId });
      return count > 0;
    }
    case 'import': {
      const { count } = await tx.datasetImport.updateMany({ where: { id, attempt, state: states }, data: { ...ended, reason } });
      if (count > 0) await notifyChange(tx, { kind: 'import', id, datasetId, projectId });
      return count > 0;
    }
    case 'leakCheck': {
      const { count } = await tx.leakCheck.updateMany({ where: { id, state: states }, data: ended });
      if (count > 0) await notifyChange(tx, { kind: 'project', projectId });
      return count > 0;
    }
    case 'webhook':
      return (await tx.webhookDelivery.updateMany({ where: { id, state: 'waiting' }, data: { state: 'failed', dueAt: null } })).count > 0;
  }
}

const tables = {
  training: Prisma.sql`"TrainingRun" where "state" = 'queued'`,
  evaluation: Prisma.sql`"Evaluation" where "state" = 'queued'`,
  import: Prisma.sql`"DatasetImport" where "state" = 'queued'`,
  leakCheck: Prisma.sql`"LeakCheck" where "state" = 'queued'`,
  webhook: Prisma.sql`"WebhookDelivery" where "state" = 'waiting'`,
} satisfies Record<QueueName, Prisma.Sql>;

const payloads: { readonly [Name in QueueName]: (id: string) => Payload<Name> } = {
  training: (trainingRunId) => ({ trainingRunId }),
  evaluation: (evaluationId) => ({ evaluationId }),
  import: (importId) => ({ importId }),
  leakCheck: (leakCheckId) => ({ leakCheckId }),
  webhook: (deliveryId) => ({ deliveryId }),
};

async function release(tx: Prisma.TransactionClient, jobs: Jobs, { queue, id, priority }: Open): Promise<boolean> {
  // Of several workers that sweep at once one makes the job; the others wait here and then find it.
  const held = await tx.$queryRaw<unknown[]>`select 1 as held from ${tables[queue]} and "id" = ${id}::uuid for update`;
  if (held.length === 0) return false;
  const jobsNow = await tx.$queryRaw<unknown[]>`select 1 as there from pgboss.job where name = ${queue} and id = ${id}::uuid`;
  if (jobsNow.length > 0) return false;
  await jobs.enqueue(queue, payloads[queue](id), { tx, priority });
  return true;
}
