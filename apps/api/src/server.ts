import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createJobs } from '@plumbline/jobs';
import { createPrisma, type PrismaClient } from '@plumbline/prisma';
import { createLocalStorage } from '@plumbline/storage';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { createChanges } from './changes.ts';
import type { Platform } from './context.ts';
import type { ApiEnvironment } from './environment.ts';
import { isDatabaseAway } from './graphql/failures.ts';
import { graphqlOverHttp } from './graphql/http.ts';
import { graphqlOverSocket } from './graphql/socket.ts';
import { createFileLinks } from './http/fileLinks.ts';
import { fileRoutes } from './http/files.ts';
import { problem, sameOriginOnly, strictHeaders } from './http/headers.ts';
import { healthRoute } from './http/health.ts';
import { requestLog } from './http/requestLog.ts';
import { createSessions } from './http/session.ts';
import { signInRoutes } from './http/signIn.ts';
import { createShareGuard } from './http/shareGuard.ts';
import { createSignInGuard } from './http/signInGuard.ts';
import { uploadRoutes } from './http/uploads.ts';
import { createUploadShelf } from './http/uploadShelf.ts';
import { tellEndings } from './modules/endings/tell.ts';
import { createInvitationTickets } from './modules/accounts/invitationTickets.ts';

export interface ApiServer {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly platform: Platform;
  /** Its routes, for the test that asks each of them who may what. */
  readonly app: Express;
  /** Finishes what is under way and lets go of everything, within a few seconds. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly environment: ApiEnvironment;
  readonly log: Logger;
  /** A client of the caller's, which then stays open; otherwise the server makes its own. */
  readonly db?: PrismaClient;
}

/** Starts the API and returns when it serves. */
export async function createServer({ environment, log, db: given }: ServerOptions): Promise<ApiServer> {
  const { databaseUrl, publicUrl } = environment;
  const onError = (error: Error): void => log.warn({ reason: error.message }, 'the connection to the database was lost');
  const db = given ?? createPrisma(databaseUrl, { applicationName: 'plumbline-api' });
  const jobs = createJobs({ connectionString: databaseUrl, role: 'producer', onError });
  await jobs.start();
  const changes = await createChanges(databaseUrl, onError);
  const sessions = createSessions({ db, secret: environment.sessionSecret, publicUrl });
  changes.on((change) => {
    if (change === null) sessions.forgetAll();
    else if (change.kind === 'session') sessions.forget(change.id);
    else if (change.kind === 'access') sessions.forgetPerson(change.userId);
  });
  const platform: Platform = {
    db,
    jobs,
    changes,
    sessions,
    log,
    publicUrl,
    storage: createLocalStorage({ root: join(environment.data, 'storage') }),
    signIns: createSignInGuard(),
    shares: createShareGuard(),
    uploads: createUploadShelf(join(environment.data, 'uploads')),
    links: createFileLinks(environment.sessionSecret),
    tickets: createInvitationTickets(environment.sessionSecret),
    mayJoin: environment.mayJoin,
  };

  const endings = tellEndings(platform);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const httpServer = createHttpServer(app);
  // Uploads take as long as they take; a header that never comes does not.
  httpServer.requestTimeout = 0;
  httpServer.headersTimeout = 20_000;
  // The web process keeps its connections: closed here after the usual 5 s, one would now and then be taken up just as it ends.
  httpServer.keepAliveTimeout = 600_000;
  const graphql = await graphqlOverHttp(platform, httpServer);
  const socket = graphqlOverSocket(platform, httpServer, publicUrl);
  const uploads = uploadRoutes(platform);
  const files = fileRoutes(platform);

  app.use(requestLog(log), strictHeaders, sameOriginOnly(publicUrl));
  app.use(healthRoute(platform), signInRoutes(platform, environment.internalSecret), files.router, uploads.router, graphql.router);
  app.use((_request, response) => void response.status(404).json(problem('NOT_FOUND', 'There is no such address.')));
  app.use(lastResort(log));

  await new Promise<void>((listening, failed) => {
    httpServer.once('error', failed);
    httpServer.listen(environment.port, environment.host, listening);
  });
  const { port } = httpServer.address() as AddressInfo;
  return {
    url: `http://${environment.host}:${port}`,
    platform,
    app,
    async stop() {
      uploads.stop();
      await endings();
      await socket.stop();
      await graphql.stop();
      httpServer.closeAllConnections();
      await files.stop();
      await Promise.allSettled([changes.stop(), jobs.stop(0), given ? undefined : db.$disconnect()]);
    },
  };
}

/** What no route expected: told in the log, and to the client without a word of its insides. */
function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const status =
      typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 500;
    const expected = status >= 400 && status < 500;
    if (!expected)
      log.error({ path: request.path, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'request failed');
    if (response.headersSent) return next(error);
    if (expected) {
      response.status(status).json(problem('BAD_REQUEST', status === 413 ? 'The request is too large.' : 'The request is malformed.'));
      return;
    }
    const away = isDatabaseAway(error);
    response
      .status(away ? 503 : 500)
      .json(
        away
          ? problem('UNAVAILABLE', 'The database does not answer; try again in a moment.')
          : problem('INTERNAL_SERVER_ERROR', 'Something went wrong on our side; try again.'),
      );
  };
}
