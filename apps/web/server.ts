import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createProxyServer } from 'httpxy';
import { readEnvironment, type WebEnvironment } from './src/server/environment.ts';
import { routeOf } from './src/server/routing.ts';
import { contentSecurityPolicy, securityHeaders } from './src/server/security.ts';
import { trustOnlyOurs } from './src/server/visitor-headers.ts';

/** The one public address: Next's pages, and `/graphql`, `/files`, `/uploads` passed on to the API. */

const directory = fileURLToPath(new URL('.', import.meta.url));
const stopWithin = 4_000;

function log(level: 'info' | 'error', msg: string, fields: Record<string, unknown> = {}): void {
  process.stdout.write(`${JSON.stringify({ level, time: Date.now(), name: 'web', ...fields, msg })}\n`);
}

function environmentOrExit(): WebEnvironment {
  try {
    return readEnvironment();
  } catch (error) {
    log('error', error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

const environment = environmentOrExit();
if (!environment.development && !existsSync(`${directory}/.next/BUILD_ID`)) {
  log('error', 'The web pages are not built: run `npm run setup`, or start with PLUMBLINE_DEV=1.');
  process.exit(1);
}

// Next reads both at import time.
Object.assign(process.env, { NODE_ENV: environment.development ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
const { default: next } = await import('next');
const app = next({ dev: environment.development, dir: directory, hostname: environment.host, port: environment.port });
const proxy = createProxyServer({ target: environment.apiUrl, proxyTimeout: 0 });
const fixedHeaders = Object.entries(securityHeaders(environment.publicUrl));
const sockets = new Set<Duplex>();

proxy.on('error', (error, _request, target) => {
  log('error', 'The API did not answer', { reason: error.message });
  if (target && 'writeHead' in target) {
    const response = target as ServerResponse;
    if (!response.headersSent) answer(response, 502, 'The API does not answer; it may be starting. Try again in a moment.');
    else response.destroy();
  } else (target as Socket | undefined)?.destroy();
});

/** GraphQL clients read the same shape from every failure. */
function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: status === 502 ? 'API_UNREACHABLE' : 'BAD_REQUEST' } }] }));
}

const server = createServer((request, response) => {
  trustOnlyOurs(request.headers, request.socket.remoteAddress);
  const route = routeOf(request.url);
  if (route.to === 'refused') return answer(response, 400, route.reason);
  request.url = route.url;
  if (route.to === 'api') {
    // Failures reach the 'error' handler above.
    void proxy.web(request, response).catch(() => undefined);
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy({ nonce, publicUrl: environment.publicUrl, development: environment.development });
  // Next takes the nonce of its scripts from the request's policy.
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
  // The page asked for, to come back to after signing in.
  request.headers['x-plumbline-path'] = route.url;
  // Sign-in is slowed per address. Behind a proxy on this machine all visitors have the same one, which then says nothing.
  const address = request.socket.remoteAddress ?? '';
  request.headers['x-plumbline-address'] = /^(::ffff:)?127\.|^::1$/.test(address) ? '' : address;
  response.setHeader('Content-Security-Policy', policy);
  for (const [name, value] of fixedHeaders) response.setHeader(name, value);
  void handle(request, response);
});

server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
  trustOnlyOurs(request.headers, request.socket.remoteAddress);
  const route = routeOf(request.url);
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  if (route.to === 'api' && route.url.startsWith('/graphql')) {
    request.url = route.url;
    void proxy.ws(request, socket, {}, head).catch(() => socket.destroy());
  } else if (route.to === 'next' && environment.development) void upgrade(request, socket, head);
  else socket.destroy();
});

let stopping = false;
/** Lets running answers finish, closes sockets at once, and leaves within four seconds. */
function stop(): void {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), stopWithin).unref();
  for (const socket of sockets) socket.destroy();
  server.close(() => {
    void app.close().finally(() => process.exit(0));
  });
  server.closeIdleConnections();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

await app.prepare();
const handle = app.getRequestHandler();
const upgrade = app.getUpgradeHandler();
// Longer than browsers keep an idle connection: closed here first, one would now and then be taken up just as it ends.
server.keepAliveTimeout = 310_000;
server.once('error', (error) => {
  log('error', `The web server cannot listen on ${environment.host}:${environment.port}: ${error.message}`);
  process.exit(1);
});
server.listen(environment.port, environment.host, () => {
  const { port } = server.address() as AddressInfo;
  log('info', 'ready', { address: environment.publicUrl.origin, port });
});
