import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { ForbiddenAddress, guardedLookup, mayReach, type AllowedAddresses } from './addresses.ts';

/** An answer's head must have come by then. */
const timeoutMs = 10_000;

/** How an attempt at a delivery ended. */
export interface SendResult {
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** Why it does not count as delivered, in one sentence; null for 200 to 299. */
  readonly problem: string | null;
}

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts a body once. Follows no redirect, since it could lead where the address itself may not; of the answer only its status is read.
 * Never throws: what goes wrong is in the result.
 */
export async function send(message: Message, allowed: AllowedAddresses, signal: AbortSignal): Promise<SendResult> {
  const began = performance.now();
  const milliseconds = (): number => Math.round(performance.now() - began);
  try {
    const status = await post(message, allowed, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    return { status, milliseconds: milliseconds(), problem: problemOf(status) };
  } catch (error) {
    return { status: null, milliseconds: milliseconds(), problem: reasonOf(error as NodeJS.ErrnoException, signal) };
  }
}

function post({ url, headers, body }: Message, allowed: AllowedAddresses, signal: AbortSignal): Promise<number> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  // A name is looked at when it is resolved; an address is never resolved.
  if (isIP(host) && !mayReach(host, allowed)) return Promise.reject(new ForbiddenAddress(host));
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise<number>((answered, failed) => {
    const outgoing = request(
      target,
      {
        method: 'POST',
        // Every attempt resolves anew, on a connection of its own.
        agent: false,
        lookup: guardedLookup(allowed),
        signal,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      },
      (response) => {
        answered(response.statusCode ?? 0);
        response.destroy();
      },
    );
    outgoing.once('error', failed);
    outgoing.end(body);
  });
}

function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `The answer was ${status}, which leads elsewhere; give the address that it leads to.`;
  return `The answer was ${status} where 200 to 299 means that it arrived.`;
}

function reasonOf(error: NodeJS.ErrnoException, stopping: AbortSignal): string {
  if (error instanceof ForbiddenAddress) return error.message;
  if (stopping.aborted) return 'The worker stopped while it waited for the answer.';
  switch (error.code) {
    case 'ABORT_ERR':
    case 'ETIMEDOUT':
      return `No answer came within ${timeoutMs / 1000} s.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The name of the host cannot be resolved.';
    case 'ECONNREFUSED':
      return 'Nothing listens at the address.';
    case 'ECONNRESET':
      return 'The connection was closed before an answer came.';
    default:
      return `The connection failed (${error.code ?? error.message}).`;
  }
}
