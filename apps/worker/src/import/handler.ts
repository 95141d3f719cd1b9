import { maximumAttempts, notifyChange, type Work } from '@plumbline/jobs';
import { lockContent, type Prisma } from '@plumbline/prisma';
import { MissingFileError } from '@plumbline/storage';
import { z } from 'zod';
import type { WorkerContext } from '../context.ts';
import { runImport, StaleImportError } from './runImport.ts';

/** Takes import jobs: what stops with the worker goes on with the next one, and what cannot be done says why. */
export function importHandler(context: WorkerContext) {
  const { prisma, storage, jobs, log } = context;
  return async (work: Work<'import'>): Promise<void> => {
    const { importId } = work.payload;
    try {
      await runImport({ prisma, storage, jobs, signal: AbortSignal.any([work.signal, context.stopping]) }, importId);
    } catch (error) {
      const told = { import: importId, error: (error as Error).message };
      if (error instanceof StaleImportError) return log.warn(told, 'import taken over');
      if (context.stopping.aborted) return prisma.$transaction((tx) => jobs.release('import', work.payload, { tx }));
      if (work.signal.aborted) return log.warn(told, 'job lost');
      log.error(told, 'import failed');
      const missing = error instanceof MissingFileError;
      if (!missing && !work.lastAttempt) throw error;
      const reason = missing
        ? error.message
        : `The import could not be finished (${told.error}); it was tried ${maximumAttempts} times: import it again.`;
      await prisma.$transaction((tx) => fail(tx, importId, reason));
    }
    await removeArchive(context, importId);
  };
}

async function fail(tx: Prisma.TransactionClient, id: string, reason: string): Promise<void> {
  const [failed] = await tx.datasetImport.updateManyAndReturn({
    where: { id, state: { in: ['queued', 'running'] } },
    data: { state: 'failed', reason, finishedAt: new Date() },
    select: { datasetId: true, dataset: { select: { projectId: true } } },
  });
  if (failed) await notifyChange(tx, { kind: 'import', id, datasetId: failed.datasetId, projectId: failed.dataset.projectId });
}

const archive = z.tuple([z.looseObject({ zip: z.string() })]);

/** An archive is of no use once it was read, unless another import of the same one waits. */
export async function removeArchive({ prisma, storage }: Pick<WorkerContext, 'prisma' | 'storage'>, id: string): Promise<void> {
  const row = await prisma.datasetImport.findUnique({ where: { id }, select: { files: true } });
  const files = archive.safeParse(row?.files);
  if (!files.success) return;
  const { zip } = files.data[0];
  await prisma.$transaction(async (tx) => {
    // Someone may be about to import the same archive: their row comes before the count, or they find the archive gone and store it again.
    await lockContent(tx, zip);
    const waiting = await tx.datasetImport.count({
      where: { state: { in: ['queued', 'running'] }, files: { path: ['0', 'zip'], equals: zip } },
    });
    if (waiting === 0) await storage.remove(zip);
  });
}
