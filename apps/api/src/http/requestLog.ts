import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One line a request: method, path, status, time, who. No query, header or body, since those may hold secrets. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const id = randomUUID();
    response.locals.requestId = id;
    response.once('close', () => {
      const fields = {
        request: id,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        ...(response.locals.operation ? { operation: response.locals.operation as string } : {}),
        ...(response.locals.userId ? { user: response.locals.userId as string } : {}),
      };
      if (response.statusCode >= 500) log.error(fields, 'request');
      else if (request.path === '/health' || request.path.startsWith('/files/')) log.debug(fields, 'request');
      else log.info(fields, 'request');
    });
    next();
  };
}
