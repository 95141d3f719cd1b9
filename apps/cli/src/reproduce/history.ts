import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochRecord } from '@plumbline/ml';

/** What is shown of an epoch. */
export type ShownEpoch = Pick<EpochRecord, 'epoch' | 'trainLoss' | 'validationLoss' | 'seconds'>;

/** The epochs of a run from its history.csv, by the names of its columns; empty where there is none. */
export function readHistory(run: string): ShownEpoch[] {
  const file = join(run, 'history.csv');
  if (!existsSync(file)) return [];
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    const field = (name: string): number | null => {
      const text = fields[columns.indexOf(name)] ?? '';
      return text === '' ? null : Number(text);
    };
    const number = (name: string): number => field(name) ?? NaN;
    return {
      epoch: number('epoch'),
      trainLoss: number('trainLoss'),
      validationLoss: field('validationLoss'),
      seconds: number('seconds'),
    };
  });
}
