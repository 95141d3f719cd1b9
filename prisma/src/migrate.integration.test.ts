import pg from 'pg';
import { testDatabase as emptyDatabase, type TestDatabase } from '@plumbline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaDiff } from './diff/schemaDiff.ts';
import { deployMigrations, MigrationProblem } from './migrate.ts';
import { readMigrations, type Migration } from './migrations.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(() => database.drop());

async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const step = (name: string, sql: string, checksum = `checksum of ${name}`): Migration => ({ name, sql, checksum });

describe('the migration to evaluation protocols', () => {
  it('keeps finished evaluations and gives equal protocols one hash, as rows written later have', async () => {
    const migrations = readMigrations();
    const at = migrations.findIndex(({ name }) => name.endsWith('_evaluation_protocols'));
    await deployMigrations(database.url, migrations.slice(0, at));
    // Without its runs and versions: what the migration does is about the rows of one table.
    const insert = (protocol: string, state = 'succeeded', role = 'replica') => `set session_replication_role = ${role};
      insert into "Evaluation" ("id", "checkpointId", "datasetVersionId", "protocol", "state")
      values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '${protocol}', '${state}')`;
    await query(insert('{"split": "test", "ssim": {"size": 11, "sigma": 1.5}}'));
    await query(insert('{"ssim": {"sigma": 1.5, "size": 11}, "split": "test"}', 'failed'));
    await deployMigrations(database.url, migrations);
    await query(`alter table "Evaluation" disable trigger all; alter table "Evaluation" enable trigger "Evaluation_protocol"`);
    await query(insert('{"split":"test","ssim":{"size":11,"sigma":1.5}}', 'succeeded', 'origin'));
    await query(insert('{"split":"train"}', 'succeeded', 'origin'));
    const rows = await query<{ state: string; hash: string }>(
      `select "state", "protocolHash" as hash from "Evaluation" order by "createdAt"`,
    );
    expect(rows.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'succeeded', 'succeeded']);
    const [a, b, c, d] = rows.map(({ hash }) => hash);
    expect(a).toMatch(/^[0-9a-f]{64}$/);
    expect([b, c]).toEqual([a, a]);
    expect(d).not.toBe(a);
  });
});

describe('the migration to unique stems', () => {
  it('keeps every image, and numbers those that had the stem of another at their place', async () => {
    const migrations = readMigrations();
    const at = migrations.findIndex(({ name }) => name.endsWith('_image_stems'));
    await deployMigrations(database.url, migrations.slice(0, at));
    const dataset = '00000000-0000-7000-8000-000000000001';
    const insert = (name: string, label = 'good', deletedAt = 'null') => `set session_replication_role = replica;
      insert into "Image" ("id", "datasetId", "sha256", "name", "split", "label", "thumbnailSha256", "width", "height", "channels", "bitDepth", "bytes", "format", "deletedAt")
      values (('00000000-0000-7000-8000-' || lpad((select count(*) from "Image")::text, 12, '0'))::uuid, '${dataset}', gen_random_uuid(), '${name}', 'train', '${label}', '', 1, 1, 1, 8, 1, 'png', ${deletedAt})`;
    for (const name of ['a.png', 'a.jpg', 'a', 'a_2.png', 'b.c.png', 'b.c', '.png', 'd.png']) await query(insert(name));
    await query(insert('d.jpg', 'good', 'now()'));
    await query(insert('d.jpg', 'other'));
    await deployMigrations(database.url, migrations);
    const rows = await query<{ name: string }>('select "name" from "Image" order by "id"');
    expect(rows.map(({ name }) => name)).toEqual([
      'a.png',
      'a_3.jpg',
      'a_4',
      'a_2.png',
      'b.c.png',
      'b.c',
      '.png',
      'd.png',
      'd.jpg',
      'd.jpg',
    ]);
    await expect(query(insert('d.tiff'))).rejects.toThrow(/Image_datasetId_split_label_stem_key/);
    await query(insert('e.tiff'));
  });
});

describe('deployMigrations', () => {
  it('leads from an empty database exactly to the schema', async () => {
    expect(await schemaDiff(database.url)).toContain('CREATE TABLE "TrainingRun"');
    await deployMigrations(database.url);
    expect(await schemaDiff(database.url)).toBe('');
  });

  it('records every migration as the official command line does, and applies none twice', async () => {
    const names = readMigrations().map((migration) => migration.name);
    expect(await deployMigrations(database.url)).toEqual(names);
    expect(await deployMigrations(database.url)).toEqual([]);
    const rows = await query(
      'select migration_name, checksum, applied_steps_count, finished_at is not null as finished, logs from "_prisma_migrations" order by started_at',
    );
    expect(rows).toEqual(
      readMigrations().map(({ name, checksum }) => ({
        migration_name: name,
        checksum,
        applied_steps_count: 1,
        finished: true,
        logs: null,
      })),
    );
  });

  it('applies each migration once when several start at the same time', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => deployMigrations(database.url)));
    expect(applied.flat()).toEqual(readMigrations().map((migration) => migration.name));
  });

  it('applies a migration whole or not at all, and names the one that failed', async () => {
    const steps = [step('1_good', 'create table kept (a int)'), step('2_bad', 'create table lost (a int); select nonsense')];
    await expect(deployMigrations(database.url, steps)).rejects.toThrow(/^Migration 2_bad failed and was rolled back: .*nonsense/);
    expect(await query(`select to_regclass('kept') is not null as kept, to_regclass('lost') is not null as lost`)).toEqual([
      { kept: true, lost: false },
    ]);
    expect(await deployMigrations(database.url, [steps[0]!, step('2_bad', 'create table lost (a int)')])).toEqual(['2_bad']);
  });

  it('refuses a migration that was changed after it had been applied, and one it does not know', async () => {
    await deployMigrations(database.url, [step('1_a', 'create table a (a int)')]);
    await expect(
      deployMigrations(database.url, [step('1_a', 'create table a (b int)', 'other'), step('2_b', 'create table b (a int)')]),
    ).rejects.toThrow(/1_a was changed after it had been applied/);
    await expect(deployMigrations(database.url, [])).rejects.toThrow(MigrationProblem);
    expect(await query(`select to_regclass('b') as b`)).toEqual([{ b: null }]);
  });
});
