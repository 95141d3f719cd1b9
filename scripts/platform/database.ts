import { PostgresProblem, startPostgres, type PostgresServer } from '@plumbline/postgres';
import { deployMigrations, MigrationProblem } from '@plumbline/prisma/migrate';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from '../setup/console.mjs';

export interface Database {
  /** Connection string with the password in it: never print it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Another PostgreSQL, named by DATABASE_URL; whoever runs it keeps it running. Null when the embedded one is to be used. */
export function externalDatabase(url = process.env['DATABASE_URL'] ?? ''): Database | null {
  return url === '' ? null : { url, stop: () => Promise.resolve() };
}

/** The embedded PostgreSQL, brought up again on the same port when it dies, since every process knows that port. */
export async function startDatabase(dataDir: string, password: string, onCrash: (sentence: string) => void): Promise<Database> {
  let stopping = false;
  let server = await start({ dataDir, password });

  const watch = async (current: PostgresServer): Promise<void> => {
    await current.exited;
    for (let attempt = 0; !stopping; attempt++) {
      onCrash('The database ended and starts again.');
      try {
        server = await startPostgres({ dataDir, password, port: current.port });
        void watch(server);
        return;
      } catch (error) {
        onCrash(error instanceof Error ? error.message : String(error));
        await sleep(Math.min(15_000, 500 * 2 ** attempt));
      }
    }
  };
  void watch(server);

  return {
    url: server.url,
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}

async function start(options: { dataDir: string; password: string }): Promise<PostgresServer> {
  try {
    return await startPostgres(options);
  } catch (error) {
    if (error instanceof PostgresProblem) throw new Explained(error.message);
    throw error;
  }
}

/** Brings the database to this version's schema. */
export async function migrate(url: string): Promise<void> {
  try {
    await deployMigrations(url);
  } catch (error) {
    if (error instanceof MigrationProblem) throw new Explained(error.message);
    throw error;
  }
}
