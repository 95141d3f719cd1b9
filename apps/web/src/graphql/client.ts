import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition, relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import { connectionState } from './connection.ts';
import { sparsePagination } from './sparse-pagination.ts';

/** One cache for the whole app; lists page by cursor, and a curve is merged by its owner (features/runs). */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: {
      Problem: ['InvalidInput', 'NotAllowed', 'NotFound'],
      Node: [
        'User',
        'Team',
        'Project',
        'Dataset',
        'Image',
        'DatasetVersion',
        'DatasetImport',
        'Recipe',
        'Variant',
        'TrainingRun',
        'Checkpoint',
        'Worker',
        'Evaluation',
        'Reconstruction',
        'Experiment',
        'Comparison',
        'Comment',
      ],
    },
    typePolicies: {
      Dataset: {
        fields: {
          images: sparsePagination(['split', 'label', 'deleted']),
          leakPairs: relayStylePagination(),
          versionPage: relayStylePagination(),
        },
      },
      Query: { fields: { notifications: relayStylePagination(['unread']) } },
      Webhook: { fields: { deliveries: relayStylePagination() } },
      User: { fields: { apiTokens: relayStylePagination() } },
      Team: {
        fields: {
          members: relayStylePagination(),
          auditEvents: relayStylePagination(['area', 'actorId']),
          webhooks: relayStylePagination(),
        },
      },
      DatasetImport: { fields: { verdicts: relayStylePagination(['verdict']) } },
      Project: {
        fields: {
          trainingRuns: relayStylePagination([...['state', 'datasetId', 'variantId', 'kind', 'createdById', 'text', 'sort', 'ascending']]),
          experiments: relayStylePagination(),
          comparisons: relayStylePagination(),
          variantPage: relayStylePagination(['archived']),
          activityPage: relayStylePagination(['kinds', 'personId']),
          comments: relayStylePagination(['state', 'runId', 'evaluationId', 'reconstructionId', 'mentionsMe', 'search']),
          evaluations: relayStylePagination(['ids', 'datasetId', 'variantId', 'protocolHash', 'state', 'sort', 'measure']),
        },
      },
      Evaluation: { fields: { reconstructions: relayStylePagination(['sort', 'measure', 'label']) } },
    },
  });
}

/** A session that ended (expired or revoked elsewhere) leads to sign-in and back; a running form cannot be saved anyway. */
function leaveForSignIn(): void {
  const here = window.location.pathname + window.location.search;
  if (window.location.pathname === '/sign-in' || window.location.pathname === '/welcome') return;
  window.location.assign(`/sign-in?ended=1&next=${encodeURIComponent(here)}`);
}

/** Close code of the API's sockets when the session behind them has ended. */
const sessionEnded = 4403;

/** Asks before leaving: a socket may be refused for other reasons, and sign-in would send a signed-in person straight back. */
async function leaveIfSignedOut(): Promise<void> {
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    const body = (await answer.json()) as { data?: { me?: unknown } };
    if (body.data && body.data.me === null) leaveForSignIn();
  } catch {
    // Unreachable is not signed out; the socket tries again.
  }
}

function signedOut(error: unknown): boolean {
  if (CombinedGraphQLErrors.is(error)) return error.errors.some((one) => one.extensions?.code === 'UNAUTHENTICATED');
  return typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 401;
}

function createSocketLink(): GraphQLWsLink {
  const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`;
  return new GraphQLWsLink(
    createClient({
      url,
      lazy: true,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      keepAlive: 15_000,
      on: {
        connected: (_socket, _payload, wasRetry) => connectionState.set(true, wasRetry),
        closed: (event) => {
          const { code } = event as CloseEvent;
          // 1000 is our own: nothing was subscribed any more.
          if (code !== 1000) connectionState.set(false, false);
          if (code === sessionEnded) void leaveIfSignedOut();
        },
      },
    }),
  );
}

/** Queries and mutations over HTTP, subscriptions over one lazy WebSocket that reconnects by itself. */
export function createApolloClient(): ApolloClient {
  const http = new HttpLink({ uri: '/graphql', credentials: 'same-origin' });
  const errors = new ErrorLink(({ error }) => {
    if (typeof window !== 'undefined' && signedOut(error)) leaveForSignIn();
  });
  const transport =
    typeof window === 'undefined'
      ? http
      : ApolloLink.split(
          ({ query }) => {
            const definition = getMainDefinition(query);
            return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
          },
          createSocketLink(),
          http,
        );
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([errors, transport]),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
}
