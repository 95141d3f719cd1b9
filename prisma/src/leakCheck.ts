import type { Prisma } from '../generated/client/client.ts';

/** Bits in which near-identical pictures may differ, until somebody says otherwise. */
const usualDistance = 3;

/** How a dataset's leaks are looked for. */
export interface LeakOptions {
  readonly distance: number;
  readonly sourcePattern: string | null;
}

/**
 * Asks for a look at a dataset's leaks, as the last one was asked for unless `options` say otherwise. Gives the id of the check whose job is to be
 * enqueued in the same transaction; null where one waits already that will see what the transaction wrote.
 */
export async function requestLeakCheck(tx: Prisma.TransactionClient, datasetId: string, options?: LeakOptions): Promise<string | null> {
  const last = await tx.leakCheck.findFirst({ where: { datasetId }, orderBy: { createdAt: 'desc' } });
  const { distance, sourcePattern } = options ?? last ?? { distance: usualDistance, sourcePattern: null };
  if (last?.state === 'queued' && last.distance === distance && last.sourcePattern === sourcePattern) {
    // Who begins it waits for this transaction, and then reads what it wrote.
    const waits = await tx.$queryRaw<
      unknown[]
    >`select 1 as waits from "LeakCheck" where "id" = ${last.id}::uuid and "state" = 'queued' for update`;
    if (waits.length > 0) return null;
  }
  return (await tx.leakCheck.create({ data: { datasetId, distance, sourcePattern } })).id;
}
