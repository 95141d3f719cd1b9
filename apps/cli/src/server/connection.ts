import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { ServerError, UsageError } from '../failure.ts';

export interface ServerOptions {
  readonly server?: string;
  readonly token?: string;
}

/** The options of every command that works on a server. */
export function withServer(command: Command): Command {
  return command
    .option('--server <url>', 'address of the platform; PLUMBLINE_SERVER when left out')
    .option('--token <token>', 'API token from your account page; better in PLUMBLINE_TOKEN, where no process list shows it');
}

const longestAnswerMs = 60_000;
const patienceMs = 120_000;

const problems = z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }));
const answerSchema = z.object({ data: z.unknown().optional(), errors: problems.optional() });

/** A platform elsewhere, asked in the name of an API token. */
export class Server {
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;

  private constructor(url: string, token: string) {
    this.url = url;
    this.headers = { authorization: `Bearer ${token}` };
  }

  /** By options, or what the environment says. @throws UsageError */
  static from({ server, token }: ServerOptions, environment: NodeJS.ProcessEnv = process.env): Server {
    const address = server ?? environment['PLUMBLINE_SERVER'] ?? '';
    if (address === '')
      throw new UsageError("Give the platform's address with --server or PLUMBLINE_SERVER, such as http://localhost:3000.");
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
      throw new UsageError(`--server is ${address}; give an address such as http://localhost:3000.`);
    const secret = (token ?? environment['PLUMBLINE_TOKEN'] ?? '').trim();
    if (!/^[\x21-\x7e]+$/.test(secret))
      throw new UsageError('Give an API token with PLUMBLINE_TOKEN or --token; your account page in the browser makes one.');
    return new Server(address.replace(/\/+$/, ''), secret);
  }

  /**
   * A file or a GraphQL answer, whatever its status.
   * @throws ServerError where nothing answers, UsageError where the token is not accepted
   */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(`${this.url}${path}`, { ...init, headers: { ...this.headers, ...init.headers }, redirect: 'error' });
    } catch (error) {
      if (init.signal?.aborted && !(error instanceof Error && error.name === 'TimeoutError')) throw error;
      throw new ServerError(`${this.url} does not answer (${reasonOf(error)}); check --server, and that the platform runs there.`, true);
    }
    if (answer.status === 401) throw refusedToken(this.url);
    if (answer.status === 503 || answer.status === 502 || answer.status === 504)
      throw new ServerError(`${this.url} cannot answer now (${answer.status}); try again in a moment.`, true, retryAfter(answer));
    return answer;
  }

  /**
   * Runs an operation; what it answers is checked by the schema.
   * @throws ServerError, UsageError
   */
  async ask<T>(schema: z.ZodType<T>, query: string, variables: object = {}, signal?: AbortSignal): Promise<T> {
    const timeout = AbortSignal.timeout(longestAnswerMs);
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const answer = answerSchema.safeParse(await response.json().catch(() => null));
    if (!answer.success) throw new ServerError(`${this.url} does not answer as Plumbline does; check --server.`);
    const [problem] = answer.data.errors ?? [];
    if (problem) {
      const code = problem.extensions?.code;
      if (code === 'UNAUTHENTICATED') throw refusedToken(this.url);
      if (code === 'UNAVAILABLE') throw new ServerError(problem.message, true);
      throw code === 'FORBIDDEN' || code === 'NOT_FOUND' || code === 'BAD_USER_INPUT'
        ? new UsageError(problem.message)
        : new ServerError(`${this.url} refuses: ${problem.message}`);
    }
    const data = schema.safeParse(answer.data.data);
    if (!data.success)
      throw new ServerError(`${this.url} answers with what this plumbline does not know; use the version that runs there.`);
    return data.data;
  }

  /** The same, asked again for a while where the server does not answer: it may be starting anew. Only for what changes nothing. */
  async askPatiently<T>(schema: z.ZodType<T>, query: string, variables: object, signal: AbortSignal): Promise<T> {
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        return await this.ask(schema, query, variables, signal);
      } catch (error) {
        if (!(error instanceof ServerError && error.passing) || Date.now() > until) throw error;
        await wait(2000, undefined, { signal });
      }
    }
  }
}

const refusals = z.object({ __typename: z.enum(['InvalidInput', 'NotAllowed', 'NotFound']), message: z.string() });

/** What to select of a mutation's answer that says why not. */
export const REFUSED = '... on Problem { message }';

/** What a mutation did. @throws UsageError with the server's sentence where it did not */
export function done<T>(schema: z.ZodType<T>, result: unknown): T {
  const refused = refusals.safeParse(result);
  if (refused.success) throw new UsageError(refused.data.message);
  const parsed = schema.safeParse(result);
  if (!parsed.success) throw new ServerError('The server answers with what this plumbline does not know; use the version that runs there.');
  return parsed.data;
}

export const refusedToken = (url: string): UsageError =>
  new UsageError(`${url} does not accept the API token: it may have expired or been revoked; make another on your account page there.`);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer in ${longestAnswerMs / 1000} s`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

function retryAfter(answer: Response): number | null {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
