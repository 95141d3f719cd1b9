import type { Request, RequestHandler } from 'express';
import type { IncomingMessage } from 'node:http';

/** Headers of every answer: nothing of the API is ever a page, so a browser may do nothing with it but read it. */
export const strictHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};

/**
 * True where a request comes from our own pages, or from no page at all. A browser names the page's origin in whatever could change
 * something and in every WebSocket; another site cannot leave it out.
 */
export function isSameOrigin(request: Pick<IncomingMessage, 'headers'>, publicUrl: URL): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  const hosts = [publicUrl.host, request.headers.host];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

/** Turns away requests of other sites that could change something. */
export function sameOriginOnly(publicUrl: URL): RequestHandler {
  return (request: Request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD' || isSameOrigin(request, publicUrl)) return next();
    response.status(403).json(problem('FORBIDDEN', 'This request comes from another site.'));
  };
}

/** The body of every refusal outside GraphQL, in the form of GraphQL's own. */
export function problem(code: string, message: string): { errors: { message: string; extensions: { code: string } }[] } {
  return { errors: [{ message, extensions: { code } }] };
}
