import { createClient, type Client, type ClientOptions } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestApi } from './api.ts';

/** A client of the live subscriptions that connects once, with these headers. */
export function socketClient(
  api: Pick<TestApi, 'url'>,
  headers: Readonly<Record<string, string>>,
  options: Pick<ClientOptions, 'connectionParams' | 'lazy' | 'on'> = {},
): Client {
  class Socket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers });
    }
  }
  return createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, webSocketImpl: Socket, retryAttempts: 0, ...options });
}
