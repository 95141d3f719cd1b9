/** Who answers a request: the API behind the proxy, Next, or nobody. */
export type Route = { readonly to: 'api' | 'next'; readonly url: string } | { readonly to: 'refused'; readonly reason: string };

/**
 * Decides by the normalised path. Dot segments (also percent-encoded) are resolved first, so that `/files/../internal/sign-in` is judged as
 * `/internal/sign-in`, which the proxy never passes on; `url` is the normalised form and is what must be forwarded.
 */
export function routeOf(requestUrl: string | undefined): Route {
  if (!requestUrl?.startsWith('/')) return { to: 'refused', reason: 'The request target must be a path.' };
  let parsed: URL;
  try {
    parsed = new URL(`http://plumbline.invalid${requestUrl}`);
  } catch {
    return { to: 'refused', reason: 'The request target is malformed.' };
  }
  const path = parsed.pathname;
  const decoded = safeDecode(path);
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\') || /(^|\/)\.\.?(\/|$)/.test(decoded)) {
    return { to: 'refused', reason: 'The request path is malformed.' };
  }
  const url = path + parsed.search;
  const belongsToApi = path === '/graphql' || path.startsWith('/files/') || path === '/uploads' || path.startsWith('/uploads/');
  return { to: belongsToApi ? 'api' : 'next', url };
}

function safeDecode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
