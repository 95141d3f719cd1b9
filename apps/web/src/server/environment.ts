import { z } from 'zod';
import { readOidc } from './oidc.ts';

const port = z.coerce.number().int().min(0).max(65535);

const schema = z.object({
  NEXTAUTH_SECRET: z.string().min(16),
  NEXTAUTH_URL: z.url(),
  PLUMBLINE_API_URL: z.url(),
  PLUMBLINE_INTERNAL_SECRET: z.string().min(16),
  PLUMBLINE_WEB_PORT: port.default(3000),
  PLUMBLINE_HOST: z.string().min(1).default('127.0.0.1'),
  PLUMBLINE_DEV: z.string().optional(),
});

export interface WebEnvironment {
  readonly secret: string;
  /** The address people type; decides cookie names and HSTS. */
  readonly publicUrl: URL;
  readonly apiUrl: string;
  readonly internalSecret: string;
  readonly port: number;
  readonly host: string;
  readonly development: boolean;
}

/**
 * The process environment, checked. Throws one sentence that names every variable that is missing or wrong; values are never printed,
 * since some are secrets.
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): WebEnvironment {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new Error(
      `The web server cannot start: ${names.join(', ')} missing or malformed in the environment; start it with \`npm start\`.`,
    );
  }
  readOidc(source);
  const value = parsed.data;
  return {
    secret: value.NEXTAUTH_SECRET,
    publicUrl: new URL(value.NEXTAUTH_URL),
    apiUrl: value.PLUMBLINE_API_URL.replace(/\/$/, ''),
    internalSecret: value.PLUMBLINE_INTERNAL_SECRET,
    port: value.PLUMBLINE_WEB_PORT,
    host: value.PLUMBLINE_HOST,
    development: value.PLUMBLINE_DEV === '1',
  };
}
