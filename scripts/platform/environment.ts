import type { Address } from './address.ts';
import type { Folders } from './folders.ts';
import type { Secrets } from './secrets.ts';

/** What every process of the platform is told; each checks it by its own schema. */
export function serviceEnvironment(options: {
  readonly databaseUrl: string;
  readonly folders: Folders;
  readonly secrets: Secrets;
  readonly address: Address;
  readonly apiPort: number;
}): Record<string, string> {
  const { databaseUrl, folders, secrets, address, apiPort } = options;
  return {
    DATABASE_URL: databaseUrl,
    PLUMBLINE_DATA: folders.data,
    NEXTAUTH_SECRET: secrets.sessions,
    NEXTAUTH_URL: address.url,
    PLUMBLINE_API_URL: `http://127.0.0.1:${apiPort}`,
    PLUMBLINE_API_PORT: String(apiPort),
    PLUMBLINE_WEB_PORT: String(address.port),
    PLUMBLINE_HOST: address.host,
    PLUMBLINE_INTERNAL_SECRET: secrets.internal,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
