import { connectionSettings } from '@plumbline/prisma';
import { Client } from 'pg';
import { z } from 'zod';

const channel = 'plumbline';

/** What is told to every process when something changed: ids only; who cares reads the rows. */
export const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), id: z.string(), projectId: z.string() }),
  z.object({ kind: z.literal('evaluation'), id: z.string(), projectId: z.string() }),
  z.object({ kind: z.literal('import'), id: z.string(), datasetId: z.string(), projectId: z.string() }),
  z.object({ kind: z.literal('experiment'), id: z.string(), projectId: z.string() }),
  /** A thread of comments, by its first one. */
  z.object({ kind: z.literal('comment'), id: z.string(), projectId: z.string() }),
  z.object({ kind: z.literal('project'), projectId: z.string() }),
  /** Something ended that webhooks and people are to be told of; a trigger says so. */
  z.object({ kind: z.literal('ending') }),
  /** A person has a new Notification, or has read some. */
  z.object({ kind: z.literal('notification'), userId: z.string() }),
  z.object({ kind: z.literal('worker'), id: z.string() }),
  z.object({ kind: z.literal('session'), id: z.string() }),
  /** What a person may do changed: a role, an API token. */
  z.object({ kind: z.literal('access'), userId: z.string() }),
]);
export type Change = z.infer<typeof changeSchema>;

/** What `notifyChange` needs of a Prisma client or transaction. */
export interface SqlRunner {
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
}

/** Tells a change when the transaction commits; nobody hears of one that is rolled back. */
export async function notifyChange(tx: SqlRunner, change: Change): Promise<void> {
  const payload = JSON.stringify(change);
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
}

export interface ChangeListener {
  stop(): Promise<void>;
}

export interface ListenOptions {
  /** Called after every (re)connection: what was missed in between must be read again. */
  readonly onConnected?: () => void;
  readonly onError?: (error: Error) => void;
}

/** Listens for changes on a connection of its own and connects again by itself, at first after 0.2 s, at most every 5 s. */
export async function listenChanges(
  connectionString: string,
  handler: (change: Change) => void,
  options: ListenOptions = {},
): Promise<ChangeListener> {
  let stopped = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let delay = 200;

  async function connect(): Promise<void> {
    const next = new Client({ ...connectionSettings, connectionString, application_name: 'plumbline-changes' });
    next.on('error', (error) => options.onError?.(error));
    next.on('end', () => {
      if (client === next) {
        client = null;
        again();
      }
    });
    next.on('notification', ({ payload }) => {
      const change = changeSchema.safeParse(parseJson(payload));
      if (change.success) handler(change.data);
    });
    await next.connect();
    await next.query(`LISTEN ${channel}`);
    client = next;
    delay = 200;
    options.onConnected?.();
  }

  function again(): void {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = null;
      connect().catch((error: unknown) => {
        options.onError?.(error instanceof Error ? error : new Error(String(error)));
        delay = Math.min(5000, delay * 2);
        again();
      });
    }, delay);
  }

  await connect();
  return {
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end();
    },
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
