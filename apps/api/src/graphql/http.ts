import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { json, Router } from 'express';
import type { Context, Platform } from '../context.ts';
import { schema } from '../schema.ts';
import { presentable } from './failures.ts';
import { limits, mostTokens, refuseIntrospection } from './limits.ts';
import { createLoaders } from './loaders.ts';

/** Enough for the names of twenty thousand uploaded files. */
const largestBody = '6mb';

const introspectionForTheSignedIn: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, document }) {
        if (!contextValue.actor) refuseIntrospection(document);
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
      introspectionForTheSignedIn,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: 3000 }),
    ],
  });
  await apollo.start();
  const router = Router();
  router.all(
    '/graphql',
    json({ limit: largestBody }),
    expressMiddleware(apollo, {
      context: async ({ req, res }) => {
        const actor = await platform.sessions.actorFrom(req);
        if (actor) res.locals.userId = actor.userId;
        const operation = (req.body as { operationName?: unknown } | undefined)?.operationName;
        if (typeof operation === 'string') res.locals.operation = operation.slice(0, 80);
        return { ...platform, actor, loaders: createLoaders(platform.db, { cache: true }) };
      },
    }),
  );
  return { router, stop: () => apollo.stop() };
}
