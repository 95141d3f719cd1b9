import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { connectionSettings } from './client.ts';
import { readMigrations, type Migration } from './migrations.ts';

/** The database's history and the committed one disagree; the message is one sentence with the remedy. */
export class MigrationProblem extends Error {
  override readonly name = 'MigrationProblem';
}

/** The same lock as Prisma's own command line takes. */
const advisoryLock = 72707369;

const historyTable = `create table if not exists "_prisma_migrations" (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

function refuseStrangeHistory(applied: readonly Applied[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new MigrationProblem(
        `The database was brought to a state by migration ${name}, which this version does not know: start the newer version that made it, or restore a backup from before.`,
      );
    if (!finished)
      throw new MigrationProblem(
        `Migration ${name} was begun by another tool and not finished: resolve it with \`prisma migrate resolve\`, then start again.`,
      );
    if (migration.checksum !== checksum)
      throw new MigrationProblem(
        `Migration ${name} was changed after it had been applied to this database: restore the file as it was and put the change into a new migration.`,
      );
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new MigrationProblem(`Migration ${migration.name} failed and was rolled back: ${(error as Error).message}`);
  }
}

/**
 * Applies the migrations that the database lacks, oldest first, each whole or not at all, and records them as `prisma migrate deploy` does, so
 * that Prisma's own command line can go on from here. Safe with several at once.
 * @returns the names of those applied now
 * @throws MigrationProblem where an applied migration was changed or is unknown; nothing is applied then
 */
export async function deployMigrations(url: string, migrations = readMigrations()): Promise<string[]> {
  // A migration may take longer than a query of the platform may.
  const client = new pg.Client({
    ...connectionSettings,
    connectionString: url,
    query_timeout: 0,
    statement_timeout: 0,
    lock_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    await client.query(historyTable);
    const { rows } = await client.query<Applied>(
      'select migration_name, checksum, finished_at is not null as finished from "_prisma_migrations" where rolled_back_at is null order by started_at',
    );
    refuseStrangeHistory(rows, migrations);
    const done = new Set(rows.map((row) => row.migration_name));
    const waiting = migrations.filter((migration) => !done.has(migration.name));
    for (const migration of waiting) await apply(client, migration);
    return waiting.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}
