import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { json, Router } from 'express';
import { GraphQLError } from 'graphql';
import type { Context, Platform } from '../context.ts';
import { problem } from '../http/headers.ts';
import { schema } from '../schema.ts';
import { presentable } from './failures.ts';
import { limits, mostTokens, nestingProblem, refuseIntrospection } from './limits.ts';
import { createLoaders } from './loaders.ts';

/** Enough for the names of twenty thousand uploaded files. */
const largestBody = '6mb';

/** What is asked is understood, and yet not for this door or not for everybody. */
const doorkeeper: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, document, operation }) {
        if (!contextValue.actor) refuseIntrospection(document);
        if (operation?.operation === 'subscription')
          throw new GraphQLError('Subscriptions travel by WebSocket: connect to this address with graphql-transport-ws.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          });
      },
    };
  },
};

/** `/graphql` over HTTP: queries and mutations. */
export async function graphqlOverHttp(platform: Platform, httpServer: Server): Promise<{ readonly router: Router; stop(): Promise<void> }> {
  const { log } = platform;
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: true,
    parseOptions: { maxTokens: mostTokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    formatError: (formatted, error) => presentable(formatted, error, log),
    logger: {
      debug: (message) => log.debug(String(message)),
      info: (message) => log.info(String(message)),
      warn: (message) => log.warn(String(message)),
      error: (message) => log.error(String(message)),
    },
    validationRules: limits.validationRules,
    plugins: [
      ...(limits.plugins as ApolloServerPlugin<BaseContext>[]),
      doorkeeper,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: 3000 }),
    ],
  });
  await apollo.start();
  const router = Router();
  router.all(
    '/graphql',
    json({ limit: largestBody }),
    (request, response, next) => {
      const asked: unknown = (request.body as { query?: unknown } | undefined)?.query ?? request.query.query;
      const refusal = typeof asked === 'string' ? nestingProblem(asked) : null;
      if (refusal) response.status(400).json(problem('BAD_REQUEST', refusal));
      else next();
    },
    expressMiddleware(apollo, {
      context: async ({ req, res }) => {
        const actor = await platform.sessions.actorFrom(req);
        if (actor) {
          res.locals.userId = actor.userId;
          const cookie = await platform.sessions.nextCookie(actor);
          if (cookie) res.append('Set-Cookie', cookie);
        }
        const operation = (req.body as { operationName?: unknown } | undefined)?.operationName;
        if (typeof operation === 'string') res.locals.operation = operation.slice(0, 80);
        return { ...platform, actor, loaders: createLoaders(platform.db, { cache: true }) };
      },
    }),
  );
  return { router, stop: () => apollo.stop() };
}
