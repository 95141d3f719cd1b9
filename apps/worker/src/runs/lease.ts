import { failWaitingRuns } from '@plumbline/jobs';
import { Prisma } from '@plumbline/prisma';
import { LeaseLost } from '../compute/failures.ts';

export type Leased = 'TrainingRun' | 'Evaluation';

/** The right to write about a run, until somebody else claims it: the attempt is the fencing token. */
export interface Lease {
  readonly table: Leased;
  readonly id: string;
  readonly attempt: number;
}

const name = (table: Leased): Prisma.Sql => Prisma.raw(`"${table}"`);
const underWay = Prisma.sql`('preparing', 'running')`;

/**
 * Claims a run for this worker as its next attempt. A run that a dead worker left under way goes back to queued first.
 * Null where there is nothing to do (any more); a run whose cancellation or pause was asked for is cancelled or paused.
 */
export async function claim(tx: Prisma.TransactionClient, table: Leased, id: string, workerId: string): Promise<Lease | null> {
  const paused = table === 'TrainingRun' ? Prisma.sql`"pauseRequestedAt" is not null` : Prisma.sql`false`;
  const [row] = await tx.$queryRaw<{ state: string; cancelled: boolean; paused: boolean }[]>`
    select "state"::text as state, "cancelRequestedAt" is not null as cancelled, ${paused} as paused from ${name(table)} where "id" = ${id}::uuid for update`;
  if (!row || !['queued', 'preparing', 'running'].includes(row.state)) return null;
  if (row.cancelled) {
    await tx.$executeRaw`update ${name(table)} set "state" = 'cancelled', "finishedAt" = now() where "id" = ${id}::uuid`;
    await failWaitingRuns(tx, id, null);
    return null;
  }
  if (row.state !== 'queued') await tx.$executeRaw`update ${name(table)} set "state" = 'queued' where "id" = ${id}::uuid`;
  if (row.paused) {
    await tx.$executeRaw`update "TrainingRun" set "state" = 'paused', "pauseRequestedAt" = null, "workerId" = null where "id" = ${id}::uuid`;
    return null;
  }
  const [claimed] = await tx.$queryRaw<{ attempt: number }[]>`
    update ${name(table)} set "state" = 'preparing', "attempt" = "attempt" + 1, "workerId" = ${workerId}::uuid,
      "startedAt" = coalesce("startedAt", now()), "heartbeatAt" = now(), "reason" = null
    where "id" = ${id}::uuid returning "attempt"`;
  return claimed ? { table, id, attempt: claimed.attempt } : null;
}

/** Condition under which this attempt may write. */
export function fence({ id, attempt }: Lease): { id: string; attempt: number; state: { in: ('preparing' | 'running')[] } } {
  return { id, attempt, state: { in: ['preparing', 'running'] } };
}

/** @throws LeaseLost where the fenced update met no row */
export function requireHeld({ count }: { count: number }, { table, id, attempt }: Lease): void {
  if (count === 0) throw new LeaseLost(`Attempt ${attempt} of ${table} ${id} is over.`);
}

interface RunTable {
  updateMany(args: {
    where: { id: string; attempt: number; state: 'preparing' };
    data: { state: 'running' };
  }): PromiseLike<{ count: number }>;
}

/** Success follows on running alone; work that an earlier attempt had finished already never said that it began. */
export async function startRunning(table: RunTable, { id, attempt }: Lease): Promise<void> {
  await table.updateMany({ where: { id, attempt, state: 'preparing' }, data: { state: 'running' } });
}

/** Ends this attempt. @throws LeaseLost */
export async function settle(
  tx: Prisma.TransactionClient,
  lease: Lease,
  state: 'queued' | 'failed' | 'cancelled' | 'paused',
  reason: string | null,
): Promise<void> {
  const finished = state === 'queued' || state === 'paused' ? Prisma.sql`null` : Prisma.sql`now()`;
  const ofRun =
    state === 'paused' ? Prisma.sql`, "phase" = null, "pauseRequestedAt" = null, "imagesPerSecond" = null` : Prisma.sql`, "phase" = null`;
  const rest = lease.table === 'TrainingRun' ? ofRun : Prisma.empty;
  const count = await tx.$executeRaw`
    update ${name(lease.table)} set "state" = ${state}::"RunState", "reason" = ${reason}, "finishedAt" = ${finished}, "workerId" = null, "heartbeatAt" = now()${rest}
    where "id" = ${lease.id}::uuid and "attempt" = ${lease.attempt} and "state" in ${underWay}`;
  requireHeld({ count }, lease);
  if (lease.table === 'TrainingRun' && (state === 'failed' || state === 'cancelled'))
    await failWaitingRuns(tx, lease.id, state === 'failed' ? reason : null);
}
