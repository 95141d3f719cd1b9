'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { leaving } from './leaving.ts';

export type QueryChange = Readonly<Record<string, string | null>>;

/** The query string after a change: null and '' take a name out, the order of the others stays. */
export function changedQuery(current: string, change: QueryChange): string {
  const params = new URLSearchParams(current);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === '') params.delete(name);
    else params.set(name, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** A query string in one spelling. */
const spelt = (search: string): string => new URLSearchParams(search).toString();

/**
 * What was set last and the router has not yet taken over, which takes some frames. A field that is typed in must not fall back meanwhile, and the router
 * writes the older addresses that it comes to into the browser's: those of the trail are its, all others somebody else's.
 */
let ahead: { readonly pathname: string; readonly search: string; readonly trail: ReadonlySet<string> } | null = null;
const listeners = new Set<() => void>();

function goAhead(next: typeof ahead): void {
  ahead = next;
  for (const listener of listeners) listener();
}

if (typeof window !== 'undefined') window.addEventListener('popstate', () => goAhead(null));

/** After the router has come to an address: it has caught up, is still behind, or somebody has gone elsewhere. */
function follow(routed: string): void {
  if (!ahead) return;
  if (window.location.pathname !== ahead.pathname) return goAhead(null);
  const [wanted, there] = [spelt(ahead.search), spelt(window.location.search)];
  if (there === wanted) {
    if (routed === wanted) goAhead(null);
  } else if (ahead.trail.has(there)) {
    // Writing would take the place of a page that is on its way.
    if (!leaving()) window.history.replaceState(null, '', ahead.pathname + ahead.search + window.location.hash);
  } else goAhead(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The view state of a page lives in its address. Reading re-renders on change; `set` replaces the entry (filters, zoom), `push` adds one, so
 * that "back" undoes it (opening an inspector). What is set is read at once. Neither asks the server, and what stands behind the # stays.
 */
export function useQueryState(): {
  get: (name: string) => string | null;
  set: (change: QueryChange) => void;
  push: (change: QueryChange) => void;
} {
  const params = useSearchParams();
  const pathname = usePathname();
  const next = useSyncExternalStore(
    subscribe,
    () => (ahead?.pathname === pathname ? ahead.search : null),
    () => null,
  );
  const routed = params.toString();
  useEffect(() => {
    if (next !== null) follow(spelt(routed));
  }, [routed, next]);
  useEffect(
    () => () => {
      // Left for another page before the router had caught up: nothing of it holds when one comes back.
      if (ahead?.pathname === pathname && window.location.pathname !== pathname) goAhead(null);
    },
    [pathname],
  );
  const search = next ?? routed;
  const get = useCallback((name: string) => new URLSearchParams(search).get(name), [search]);
  const change = useCallback(
    (how: 'replaceState' | 'pushState') => (asked: QueryChange) => {
      const mine = ahead?.pathname === pathname ? ahead : null;
      const from = mine?.search ?? window.location.search;
      const changed = changedQuery(from, asked);
      window.history[how](null, '', pathname + changed + window.location.hash);
      goAhead({ pathname, search: changed, trail: new Set([...(mine?.trail ?? []), spelt(from), spelt(changed)]) });
    },
    [pathname],
  );
  const set = useMemo(() => change('replaceState'), [change]);
  const push = useMemo(() => change('pushState'), [change]);
  return { get, set, push };
}
