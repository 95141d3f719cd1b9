import type { Prisma } from '../generated/client/client.ts';
import { lockContent } from './lockContent.ts';

/**
 * Of these files, those that no row refers to. Every column of text whose name ends in "sha256" refers to a file, whatever table it is in, and so do the
 * lists of files in JSON. Holds each content until the transaction ends: remove the files before it does.
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

/** While files are collected no import is asked for; `bring` comes before the look whether an import's files are all there. */
export async function holdFiles(tx: Prisma.TransactionClient, how: 'collect' | 'bring'): Promise<void> {
  if (how === 'collect') await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('plumbline files', 0))`;
  else await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('plumbline files', 0))`;
}
