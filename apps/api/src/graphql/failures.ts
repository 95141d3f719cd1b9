import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { InvalidInput, NotAllowed, NotFound, SignedOut } from '../problems.ts';
import { isHeldByOthers } from '../validation.ts';

const databaseCodes = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  '57P01',
  '57P03',
]);

function original(error: unknown): unknown {
  let inner = error;
  while (inner instanceof GraphQLError && inner.originalError) inner = inner.originalError;
  return inner;
}

function codeOf(error: unknown): string | null {
  if (error instanceof SignedOut) return 'UNAUTHENTICATED';
  if (error instanceof NotAllowed) return 'FORBIDDEN';
  if (error instanceof NotFound) return 'NOT_FOUND';
  if (error instanceof InvalidInput) return 'BAD_USER_INPUT';
  return null;
}

/** True for a database that cannot be reached now, or that gave up an answer. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    databaseCodes.has(code) ||
    /Can't reach database|Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(error.message)
  );
}

/**
 * A failure as the client may see it: expected ones with their sentence and code, mistakes in the operation as GraphQL words them, and anything
 * else as a reference to the log. Never a stack trace, a statement or a path of ours.
 */
export function presentable(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const place = { ...(formatted.locations ? { locations: formatted.locations } : {}), ...(formatted.path ? { path: formatted.path } : {}) };
  const inner = original(error);
  const code = codeOf(inner);
  if (code) return { message: (inner as Error).message, ...place, extensions: { code } };
  if (isHeldByOthers(inner))
    return { message: 'Somebody else is changing this; try again in a moment.', ...place, extensions: { code: 'CONFLICT' } };
  if (inner instanceof GraphQLError) {
    const { code: given } = inner.extensions;
    return { message: inner.message, ...place, extensions: { code: typeof given === 'string' ? given : 'BAD_REQUEST' } };
  }
  const reference = randomUUID().slice(0, 8);
  const away = isDatabaseAway(inner);
  log.error(
    { reference, path: formatted.path?.join('.'), reason: inner instanceof Error ? (inner.stack ?? inner.message) : String(inner) },
    'operation failed',
  );
  return away
    ? { message: 'The database does not answer; try again in a moment.', ...place, extensions: { code: 'UNAVAILABLE', reference } }
    : {
        message: `Something went wrong on our side (reference ${reference}); try again, and tell the administrator if it stays.`,
        ...place,
        extensions: { code: 'INTERNAL_SERVER_ERROR', reference },
      };
}
