/**
 * Whether another page is on its way. The router takes an address that is written by `history` as a step of its own and gives up the page it was fetching,
 * so whatever writes addresses late has to know.
 */

/** A page that has not come by then will not come; milliseconds. */
const PATIENCE = 30_000;

/** `from`: path and query of the page that is left. Whatever is written there meanwhile has ended the navigation. */
let begun: { readonly from: string; readonly at: number } | null = null;
const listeners = new Set<() => void>();

const here = (): string => window.location.pathname + window.location.search;

/** Called by the router before it fetches a page. @param url where to; what is on the page already leaves nothing */
export function navigationBegins(url: string): void {
  const { pathname, search } = new URL(url, window.location.href);
  if (pathname + search === here()) return;
  for (const listener of listeners) listener();
  begun = { from: here(), at: performance.now() };
}

/** From the press of a link until its page is there. */
export function leaving(): boolean {
  return begun !== null && begun.from === here() && performance.now() - begun.at < PATIENCE;
}

/** `listener` is called at the last moment in which an address can be written without harm. @returns what ends it */
export function beforeLeaving(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

if (typeof window !== 'undefined') window.addEventListener('popstate', () => (begun = null));
