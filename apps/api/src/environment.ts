import { z } from 'zod';
import { joinRuleOf, type JoinRule } from './modules/accounts/joinRule.ts';

const port = z.coerce.number().int().min(0).max(65535);

const schema = z.object({
  DATABASE_URL: z.url(),
  PLUMBLINE_DATA: z.string().min(1),
  NEXTAUTH_SECRET: z.string().min(16),
  NEXTAUTH_URL: z.url(),
  PLUMBLINE_INTERNAL_SECRET: z.string().min(16),
  PLUMBLINE_OIDC_ALLOW: z.string().default('').transform(joinRuleOf),
  PLUMBLINE_API_PORT: port.default(4000),
  PLUMBLINE_API_HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ApiEnvironment {
  readonly databaseUrl: string;
  /** Data directory: storage/ and uploads/ lie in it. */
  readonly data: string;
  /** Signs and encrypts session tokens; shared with the web. */
  readonly sessionSecret: string;
  /** The address people type; decides cookie names and which origin may open a WebSocket. */
  readonly publicUrl: URL;
  /** Proves that a sign-in call comes from our own web server. */
  readonly internalSecret: string;
  /** Who may have an account by a verified e-mail alone. */
  readonly mayJoin: JoinRule;
  readonly port: number;
  readonly host: string;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/**
 * The process environment, checked. Throws one sentence that names every variable that is missing or wrong; values are never printed,
 * since some are secrets.
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): ApiEnvironment {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new Error(`The API cannot start: ${names.join(', ')} missing or malformed in the environment; start it with \`npm start\`.`);
  }
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL,
    data: value.PLUMBLINE_DATA,
    sessionSecret: value.NEXTAUTH_SECRET,
    publicUrl: new URL(value.NEXTAUTH_URL),
    internalSecret: value.PLUMBLINE_INTERNAL_SECRET,
    mayJoin: value.PLUMBLINE_OIDC_ALLOW,
    port: value.PLUMBLINE_API_PORT,
    host: value.PLUMBLINE_API_HOST,
    logLevel: value.LOG_LEVEL,
  };
}
