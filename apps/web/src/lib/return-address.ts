/**
 * Where to go after signing in: a path of this site, or '/' when what was asked for leads elsewhere ("//evil", "/\evil", "https:…") or back
 * to sign-in. The router's own `_rsc` parameter is dropped.
 */
export function returnAddress(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || /^\/[/\\]/.test(wanted)) return '/';
  let url: URL;
  try {
    url = new URL(wanted, 'http://plumbline.invalid');
  } catch {
    return '/';
  }
  if (url.origin !== 'http://plumbline.invalid' || url.pathname === '/sign-in' || url.pathname === '/welcome') return '/';
  url.searchParams.delete('_rsc');
  return url.pathname + url.search + url.hash;
}
