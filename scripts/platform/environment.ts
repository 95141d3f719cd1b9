import { engineVariables, withOnly } from '@plumbline/tensorflow';
import type { Address } from './address.ts';
import type { Folders } from './folders.ts';
import type { Secrets } from './secrets.ts';

/** What each process is told besides what is no matter of the platform (paths, languages, certificates); each checks it by its own schema. */
const told = {
  api: [
    'DATABASE_URL',
    'PLUMBLINE_DATA',
    'NEXTAUTH_SECRET',
    'NEXTAUTH_URL',
    'PLUMBLINE_INTERNAL_SECRET',
    'PLUMBLINE_OIDC_ALLOW',
    'PLUMBLINE_API_PORT',
    'PLUMBLINE_API_HOST',
  ],
  worker: ['DATABASE_URL', 'PLUMBLINE_DATA', 'PLUMBLINE_WEBHOOK_ALLOW', ...engineVariables],
  web: [
    'NEXTAUTH_SECRET',
    'NEXTAUTH_URL',
    'PLUMBLINE_API_URL',
    'PLUMBLINE_INTERNAL_SECRET',
    'PLUMBLINE_WEB_PORT',
    'PLUMBLINE_HOST',
    'PLUMBLINE_DEV',
    'PLUMBLINE_OIDC_ISSUER',
    'PLUMBLINE_OIDC_CLIENT_ID',
    'PLUMBLINE_OIDC_CLIENT_SECRET',
    'PLUMBLINE_OIDC_NAME',
  ],
} as const;

export type ServiceName = keyof typeof told;

/** Of a process in which many threads decode images: with an arena for each of them, glibc keeps twice the memory that is in use. */
export const steadyMemory = { MALLOC_ARENA_MAX: '2' } as const;

/** A database of one's own may be reached by what PostgreSQL's clients read. */
const databaseVariables = [
  'PGUSER',
  'PGPASSWORD',
  'PGPASSFILE',
  'PGSSLMODE',
  'PGSSLROOTCERT',
  'PGSSLCERT',
  'PGSSLKEY',
  'PGHOST',
  'PGPORT',
  'PGDATABASE',
];

/** The environment of each process of the platform: no process is told a secret that it does not need. */
export function serviceEnvironment(
  options: {
    readonly databaseUrl: string;
    readonly folders: Pick<Folders, 'data'>;
    readonly secrets: Pick<Secrets, 'sessions' | 'internal'>;
    readonly address: Pick<Address, 'url' | 'port' | 'host'>;
    readonly apiPort: number;
  },
  given: Readonly<Record<string, string | undefined>> = process.env,
): Record<ServiceName, Record<string, string>> {
  const { databaseUrl, folders, secrets, address, apiPort } = options;
  const all = {
    ...given,
    DATABASE_URL: databaseUrl,
    PLUMBLINE_DATA: folders.data,
    NEXTAUTH_SECRET: secrets.sessions,
    NEXTAUTH_URL: address.url,
    PLUMBLINE_API_URL: `http://127.0.0.1:${apiPort}`,
    PLUMBLINE_API_PORT: String(apiPort),
    PLUMBLINE_WEB_PORT: String(address.port),
    PLUMBLINE_HOST: address.host,
    PLUMBLINE_INTERNAL_SECRET: secrets.internal,
    LOG_LEVEL: given['LOG_LEVEL'] ?? 'info',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  const of = (name: ServiceName) => withOnly([...told[name], ...(name === 'web' ? [] : databaseVariables)], all);
  return { api: of('api'), worker: { ...steadyMemory, ...of('worker') }, web: of('web') };
}
