'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

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

/**
 * The view state of a page lives in its address. Reading re-renders on change; `set` replaces the entry (filters, zoom), `push` adds one, so
 * that "back" undoes it (opening an inspector). Neither asks the server, and what stands behind the # stays.
 */
export function useQueryState(): {
  get: (name: string) => string | null;
  set: (change: QueryChange) => void;
  push: (change: QueryChange) => void;
} {
  const params = useSearchParams();
  const pathname = usePathname();
  const get = useCallback((name: string) => params.get(name), [params]);
  const set = useCallback(
    (change: QueryChange) =>
      window.history.replaceState(null, '', pathname + changedQuery(window.location.search, change) + window.location.hash),
    [pathname],
  );
  const push = useCallback(
    (change: QueryChange) =>
      window.history.pushState(null, '', pathname + changedQuery(window.location.search, change) + window.location.hash),
    [pathname],
  );
  return { get, set, push };
}
