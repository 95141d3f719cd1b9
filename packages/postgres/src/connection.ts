import pg from 'pg';
import { databaseName } from './cluster.ts';
import { PostgresProblem } from './problem.ts';

export function databaseUrl(port: number, password: string, database: string): string {
  return `postgresql://${databaseName}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 30_000, keepAlive: true });
  // An idle client whose server goes away must not end this process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Creates the platform's database where it is missing. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  let client: pg.Client;
  try {
    client = await connect(databaseUrl(port, password, 'postgres'));
  } catch (error) {
    if ((error as { code?: string }).code === '28P01')
      throw new PostgresProblem(
        'The database does not accept the password in secrets.json: restore the file that belongs to this data directory.',
      );
    throw error;
  }
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
