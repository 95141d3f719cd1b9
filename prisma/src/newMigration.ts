/** `pnpm migrate:new NAME`: writes the migration from the committed history to the present schema. Read it before you commit it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@plumbline/postgres';
import { deployMigrations } from './migrate.ts';
import { migrationsFolder } from './migrations.ts';
import { schemaDiff } from './diff/schemaDiff.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Name the migration in lower case with underscores: pnpm migrate:new add_comments');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'plumbline-migrate-'));
const server = await startPostgres({ dataDir: join(folder, 'postgres'), password: 'throw-away', fast: true });
try {
  await deployMigrations(server.url);
  const sql = await schemaDiff(server.url);
  if (sql === '') console.log('The migrations already lead to the schema: nothing to write.');
  else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const target = join(migrationsFolder, `${stamp}_${name}`);
    mkdirSync(target);
    writeFileSync(join(target, 'migration.sql'), `${sql}\n`);
    console.log(`Written: prisma/migrations/${stamp}_${name}/migration.sql`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
