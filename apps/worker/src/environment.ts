import { z } from 'zod';
import { readAllowed, type AllowedAddresses } from './webhooks/addresses.ts';

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Folder with storage/, runs/. */
  PLUMBLINE_DATA: z.string().min(1),
  /** Addresses and ranges that webhooks may reach besides public ones: "10.1.2.3, 192.168.0.0/16". */
  PLUMBLINE_WEBHOOK_ALLOW: z
    .string()
    .default('')
    .transform((text, check) => {
      try {
        return readAllowed(text);
      } catch (error) {
        check.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface WorkerEnvironment {
  readonly databaseUrl: string;
  readonly data: string;
  readonly webhookAllow: AllowedAddresses;
  readonly logLevel: string;
}

/** The worker's part of the environment. @throws Error naming every variable that is missing or wrong */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): WorkerEnvironment {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ');
    throw new Error(`The worker cannot start: set ${wrong}; \`npm start\` does so by itself.`);
  }
  const { DATABASE_URL, PLUMBLINE_DATA, PLUMBLINE_WEBHOOK_ALLOW, LOG_LEVEL } = parsed.data;
  return { databaseUrl: DATABASE_URL, data: PLUMBLINE_DATA, webhookAllow: PLUMBLINE_WEBHOOK_ALLOW, logLevel: LOG_LEVEL };
}
