import { getOperationAST, parse } from 'graphql';
import { createClient, type Client } from 'graphql-ws';

/** What is asked, as the editor gives it. */
export interface AskedOperation {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

/** Runs what was written in the editor: subscriptions by a WebSocket of the page's own, everything else by a request. */
export function createExplorerFetcher() {
  let socket: Client | null = null;
  return (asked: AskedOperation) => {
    const { query, operationName, variables } = asked;
    if (getOperationAST(parse(query), operationName)?.operation === 'subscription') {
      socket ??= createClient({ url: `${window.location.origin.replace(/^http/, 'ws')}/graphql`, lazy: true });
      return socket.iterate({ query, operationName: operationName ?? null, variables: variables ?? null });
    }
    return answerOf(asked);
  };
}

async function answerOf({ query, operationName, variables }: AskedOperation): Promise<unknown> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, operationName, variables }),
  });
  return answer.json().catch(() => ({ errors: [{ message: `The server answers with ${answer.status}; try again in a moment.` }] }));
}
