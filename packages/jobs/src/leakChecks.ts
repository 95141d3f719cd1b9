import { type LeakOptions, type Prisma, requestLeakCheck } from '@plumbline/prisma';
import type { Jobs } from './jobs.ts';

/** To be called in the transaction that changed a dataset: asks for a look at its leaks, as the last one was asked for unless `options` say otherwise. */
export async function queueLeakCheck(
  tx: Prisma.TransactionClient,
  jobs: Pick<Jobs, 'enqueue'>,
  datasetId: string,
  options?: LeakOptions,
): Promise<void> {
  const check = await requestLeakCheck(tx, datasetId, options);
  if (check) await jobs.enqueue('leakCheck', { leakCheckId: check }, { tx });
}
