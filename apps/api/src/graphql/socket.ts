import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { getOperationAST, GraphQLError, parse, specifiedRules, validate, type ExecutionArgs, type GraphQLFormattedError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Actor } from '../actor.ts';
import type { Context, Platform } from '../context.ts';
import { isSameOrigin } from '../http/headers.ts';
import { schema } from '../schema.ts';
import { presentable } from './failures.ts';
import { limits, mostTokens, nestingProblem } from './limits.ts';
import { createLoaders } from './loaders.ts';

/** Close code that tells a client that its session has ended. */
const sessionEnded = 4403;
const sessionBeatMs = 2000;
const mostSubscriptions = 50;
const largestMessage = 256 * 1024;

/** What a connection remembers. */
type Extra = { actor: Actor };

/** `/graphql` over WebSocket: subscriptions of people who are signed in. A session that ends closes its sockets within five seconds. */
export function graphqlOverSocket(platform: Platform, httpServer: Server, publicUrl: URL): { stop(): Promise<void> } {
  const { log, sessions } = platform;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const here = request.url?.split('?')[0] === '/graphql';
    if (here && isSameOrigin(request, publicUrl))
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    else socket.end(`HTTP/1.1 ${here ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  httpServer.on('upgrade', upgrade);

  function argumentsOf(
    extra: Partial<Extra>,
    payload: { query: string; operationName?: string | null; variables?: Record<string, unknown> | null },
  ): ExecutionArgs {
    const refusal = nestingProblem(payload.query);
    if (refusal) throw new GraphQLError(refusal);
    const document = parse(payload.query, { maxTokens: mostTokens });
    const errors = validate(schema, document, [...specifiedRules, ...limits.validationRules]);
    const [error] = errors;
    if (error) throw error;
    const operation = getOperationAST(document, payload.operationName);
    if (operation?.operation !== 'subscription')
      throw new GraphQLError('Only subscriptions travel by WebSocket; send everything else by HTTP.');
    const contextValue: Context = { ...platform, actor: extra.actor ?? null, loaders: createLoaders(platform.db, { cache: false }) };
    return { schema, document, operationName: payload.operationName ?? null, variableValues: payload.variables ?? null, contextValue };
  }

  const present = (errors: readonly (GraphQLError | GraphQLFormattedError)[]) =>
    errors.map((error) => presentable(error instanceof GraphQLError ? error.toJSON() : error, error, log));

  const served = useServer<Record<string, unknown>, Extra>(
    {
      schema,
      connectionInitWaitTimeout: 5000,
      async onConnect({ extra, connectionParams }) {
        // A browser cannot set headers of a WebSocket; a client with an API token may send it as a parameter instead.
        const { authorization = connectionParams?.Authorization ?? connectionParams?.authorization } = extra.request.headers;
        const headers = { ...extra.request.headers, ...(typeof authorization === 'string' ? { authorization } : {}) };
        const actor = await sessions.actorFrom({ headers });
        if (!actor) return false;
        extra.actor = actor;
        closeWithSession(extra.socket, () => sessions.actorOf(actor.credential));
        return true;
      },
      onSubscribe({ extra, subscriptions }, _id, payload) {
        if (Object.keys(subscriptions).length > mostSubscriptions)
          return [new GraphQLError(`More than ${mostSubscriptions} subscriptions at once.`)];
        try {
          return argumentsOf(extra, payload);
        } catch (error) {
          return [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error })];
        }
      },
      onNext: (_ctx, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: present(result.errors) as GraphQLError[] } : undefined,
      onError: (_ctx, _id, _payload, errors) => present(errors),
    },
    sockets,
    15_000,
  );

  sockets.on('connection', (socket) => {
    socket.on('error', (error) => log.debug({ reason: error.message }, 'socket'));
  });

  return {
    async stop() {
      httpServer.off('upgrade', upgrade);
      await served.dispose();
    },
  };
}

/** Asks for the session or token that the connection came with; its cookie may have been followed by another since. */
function closeWithSession(socket: WebSocket, actorNow: () => Promise<Actor | null>): void {
  // It may have closed while the session was looked up, and then closes no more.
  if (socket.readyState !== socket.OPEN) return;
  const beat = setInterval(() => {
    actorNow().then(
      (actor) => {
        if (!actor) socket.close(sessionEnded, 'Forbidden');
      },
      () => undefined,
    );
  }, sessionBeatMs);
  socket.once('close', () => clearInterval(beat));
}
