import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../generated/client/client.ts';

/**
 * Settings of every connection to the database. The defaults of `pg` wait for minutes when the network between drops, and a dead worker's locks
 * stay for 55 s; with these everything gives up or lets go within about 8 s.
 */
export const connectionSettings = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 5000,
  connectionTimeoutMillis: 3000,
  query_timeout: 5000,
  statement_timeout: 4000,
  lock_timeout: 3000,
  idle_in_transaction_session_timeout: 15_000,
} as const;

export interface PrismaSettings {
  /** Most connections at once; 10 by default. */
  readonly connections?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** For work in the background that nobody waits for: a statement may take a minute. */
  readonly longStatements?: boolean;
}

const longStatements = { query_timeout: 65_000, statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 } as const;

/** A client on its own connection pool; end it with `$disconnect()`. */
export function createPrisma(
  connectionString: string,
  { connections = 10, applicationName = 'plumbline', longStatements: long = false }: PrismaSettings = {},
): PrismaClient {
  const adapter = new PrismaPg(
    {
      ...connectionSettings,
      ...(long ? longStatements : {}),
      connectionString,
      max: connections,
      idleTimeoutMillis: 30_000,
      application_name: applicationName,
    },
    // An idle connection whose server went away is replaced by the pool; unheard, its error would end the process.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  return new PrismaClient({ adapter });
}
