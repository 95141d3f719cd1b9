import { join } from 'node:path';
import { writeAtomic } from './atomic.ts';
import type { EpochRecord } from './checkpoint.ts';

const COLUMNS = ['epoch', 'trainLoss', 'validationLoss', 'learningRate', 'seconds', 'imagesPerSecond', 'objective'] as const;

/** Rewrites history.csv from the records a checkpoint carries: one line an epoch, none twice however often a run was resumed. */
export async function writeHistory(run: string, records: readonly EpochRecord[]): Promise<void> {
  const lines = records.map((record) => COLUMNS.map((column) => record[column] ?? '').join(','));
  await writeAtomic(join(run, 'history.csv'), `${[COLUMNS.join(','), ...lines].join('\n')}\n`);
}
