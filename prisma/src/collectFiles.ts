import { setTimeout as sleep } from 'node:timers/promises';
import type { Prisma } from '../generated/client/client.ts';
import { lockContent } from './lockContent.ts';

/**
 * Columns of JSON that name no file: some are large, and all of a table is read for each look. A hash in one of them is of what it tells of; a
 * checkpoint's manifest tells of what stands in its list of files.
 */
export const jsonWithoutFiles: ReadonlySet<string> = new Set([
  'Checkpoint.manifest',
  'Comparison.view',
  'Evaluation.curves',
  'Evaluation.metrics',
  'Evaluation.protocol',
  'Evaluation.thresholds',
  'Notification.payload',
  'Recipe.document',
  'TrainingRun.engine',
  'Worker.engine',
  'Worker.machine',
]);

/**
 * Of these files, those that no row refers to. Every column of text whose name ends in "sha256" refers to a file, whatever table it is in, and so does
 * JSON, unless it is known to name none. Holds each content until the transaction ends: remove the files before it does.
 */
export async function unreferencedFiles(tx: Prisma.TransactionClient, files: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(files)].sort();
  if (wanted.length === 0) return [];
  // In one order, so that two who collect do not wait for each other.
  for (const sha256 of wanted) await lockContent(tx, sha256);
  const columns = await tx.$queryRaw<{ table: string; column: string; json: boolean }[]>`
    select table_name as "table", column_name as "column", data_type = 'jsonb' as "json" from information_schema.columns
    where table_schema = current_schema() and ((data_type = 'text' and column_name ~* 'sha256$') or data_type = 'jsonb')`;
  const referred = new Set<string>();
  for (const { table, column, json } of columns) {
    if (json && jsonWithoutFiles.has(`${table}.${column}`)) continue;
    const quoted = `"${table.replaceAll('"', '""')}"`;
    const name = `"${column.replaceAll('"', '""')}"`;
    // Names come from the database's own catalogue, contents as a parameter.
    const rows = json
      ? await tx.$queryRawUnsafe<{ sha256: string }[]>(
          `select distinct w.sha256 from unnest($1::text[]) as w(sha256) join (
             select distinct m[1] as sha256 from ${quoted}, regexp_matches(${name}::text, '"([0-9a-f]{64})"', 'g') m
           ) r on r.sha256 = w.sha256`,
          wanted,
        )
      : await tx.$queryRawUnsafe<{ sha256: string }[]>(
          `select distinct ${name} as sha256 from ${quoted} where ${name} = any($1::text[])`,
          wanted,
        );
    for (const { sha256 } of rows) referred.add(sha256);
  }
  return wanted.filter((sha256) => !referred.has(sha256));
}

const lookEveryMs = 100;

/**
 * While files are collected no row of a stored file is written; `bring` comes before the look whether the files of such rows are all there. A portion
 * that is collected may take longer than a statement may wait: who brings looks again and again, for as long as the transaction lasts.
 */
export async function holdFiles(tx: Prisma.TransactionClient, how: 'collect' | 'bring'): Promise<void> {
  if (how === 'collect') {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('plumbline files', 0))`;
    return;
  }
  for (;;) {
    const [row] = await tx.$queryRaw<{ held: boolean }[]>`
      select pg_try_advisory_xact_lock_shared(hashtextextended('plumbline files', 0)) as held`;
    if (row?.held) return;
    await sleep(lookEveryMs);
  }
}
