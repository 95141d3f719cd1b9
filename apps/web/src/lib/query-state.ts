'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';

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

/** What was set last and the router has not yet taken over, which takes some frames: a field that is typed in must not fall back meanwhile. */
let ahead: { readonly pathname: string; readonly search: string } | null = null;
const listeners = new Set<() => void>();

function goAhead(next: typeof ahead): void {
  ahead = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether two query strings say the same. */
const sameQuery = (a: string, b: string): boolean => new URLSearchParams(a).toString() === new URLSearchParams(b).toString();

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
    // The router has caught up, or somebody else (a link, the browser's "back") has gone on from there.
    if (next !== null && (sameQuery(routed, next) || !sameQuery(window.location.search, next))) goAhead(null);
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
      const changed = changedQuery(window.location.search, asked);
      window.history[how](null, '', pathname + changed + window.location.hash);
      goAhead({ pathname, search: changed });
    },
    [pathname],
  );
  const set = useMemo(() => change('replaceState'), [change]);
  const push = useMemo(() => change('pushState'), [change]);
  return { get, set, push };
}
