import { createHash } from 'node:crypto';
import { testDatabase as databaseOf } from '@plumbline/postgres/testing';
import type { PrismaClient } from '../../generated/client/client.ts';
import { createPrisma } from '../client.ts';
import { deployMigrations } from '../migrate.ts';
import { readMigrations } from '../migrations.ts';

export interface MigratedDatabase {
  readonly url: string;
  readonly prisma: PrismaClient;
  /** Disconnects and drops the database. */
  drop(): Promise<void>;
}

/** A fresh database with every migration applied, for one test file (or one test: it takes some 50 ms). */
export async function testDatabase(): Promise<MigratedDatabase> {
  const content = createHash('sha256')
    .update(
      readMigrations()
        .map((migration) => migration.checksum)
        .join(),
    )
    .digest('hex');
  const { url, drop } = await databaseOf({
    name: `migrated_${content.slice(0, 12)}`,
    prepare: async (template) => void (await deployMigrations(template)),
  });
  const prisma = createPrisma(url);
  return {
    url,
    prisma,
    drop: async () => {
      await prisma.$disconnect();
      await drop();
    },
  };
}
