import { notifyChange, type QueueDepth } from '@plumbline/jobs';
import type { Worker } from '@plumbline/prisma';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { live } from '../../graphql/live.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { assertPermission, hasAnywhere, signedIn, teamsWith } from '../../permissions.ts';
import { NotAllowed, NotFound } from '../../problems.ts';
import { listWorkers } from './service.ts';

/** How much stands in each queue. Everybody who is signed in may see it. */
export async function listLanes(context: Context): Promise<QueueDepth[]> {
  signedIn(context);
  return context.jobs.depths(context.db);
}

/**
 * Drains a worker, which then finishes what it runs and takes nothing new, or lets it take jobs again. Workers belong to no team: who is an admin of
 * any may.
 * @throws NotAllowed, NotFound
 */
export async function drainWorker(context: Context, id: string, draining: boolean): Promise<Worker> {
  const actor = signedIn(context);
  if (!hasAnywhere(actor, 'worker.drain')) {
    for (const teamId of teamsWith(context, 'project.read')) assertPermission(context, 'worker.drain', teamId, 'Worker');
    throw new NotAllowed('Admins and owners can drain workers; you belong to no team.');
  }
  const rowId = rowIdOf('Worker', id);
  return context.db.$transaction(async (tx) => {
    const [known] = await tx.$queryRaw<{ name: string }[]>`select "name" from "Worker" where "id" = ${rowId}::uuid for no key update`;
    if (!known) throw new NotFound('Worker');
    const { count } = await tx.worker.updateMany({
      where: { id: rowId, drainingSince: draining ? null : { not: null } },
      data: { drainingSince: draining ? new Date() : null },
    });
    if (count > 0) {
      const entry = { subject: known.name, subjectId: publicId('Worker', rowId) };
      for (const teamId of teamsWith(context, 'worker.drain'))
        await recordAudit(tx, actor, draining ? 'worker.drain' : 'worker.undrain', { teamId, ...entry });
      await notifyChange(tx, { kind: 'worker', id: rowId });
    }
    return tx.worker.findUniqueOrThrow({ where: { id: rowId } });
  });
}

/** What the page of the workers shows. */
export interface WorkersChange {
  readonly workers: readonly Worker[];
  readonly lanes: readonly QueueDepth[];
}

const kinds: ReadonlySet<string> = new Set(['worker', 'run', 'evaluation', 'import']);

/** Workers and queues, at once and whenever a worker is heard of or what they do changes. */
export function watchWorkers(context: Context): AsyncIterableIterator<WorkersChange> {
  signedIn(context);
  return live(context, {
    concerns: ({ kind }) => kinds.has(kind),
    allowed: () => Promise.resolve(context.actor !== null),
    read: async () => {
      const [workers, lanes] = await Promise.all([listWorkers(context), listLanes(context)]);
      return [{ workers, lanes }];
    },
  });
}
