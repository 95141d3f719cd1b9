import { Router } from 'express';
import type { Platform } from '../context.ts';

/** `GET /health`: 200 while the database answers, 503 otherwise. */
export function healthRoute({ db }: Platform): Router {
  return Router().get('/health', async (_request, response) => {
    const database = await db.$queryRaw`select 1 as answer`.then(
      () => 'answers',
      () => 'unreachable',
    );
    response.status(database === 'answers' ? 200 : 503).json({ status: database === 'answers' ? 'ok' : 'degraded', database });
  });
}
