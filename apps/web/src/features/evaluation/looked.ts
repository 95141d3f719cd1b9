'use client';

import { useSyncExternalStore } from 'react';

/** Whether a person has opened a finished evaluation of a project; kept in the browser, since it only ticks off the first steps. */

interface Who {
  readonly id: string;
  readonly viewerId: string;
}

const keyOf = ({ id, viewerId }: Who): string => `plumbline/looked/${viewerId}/${id}`;
const subscribe = (listener: () => void) => {
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
};

export function rememberLooked(project: Who): void {
  try {
    localStorage.setItem(keyOf(project), '1');
  } catch {
    // A browser that keeps nothing shows the step as open; it does no harm.
  }
}

function hasLooked(project: Who): boolean {
  try {
    return localStorage.getItem(keyOf(project)) !== null;
  } catch {
    return false;
  }
}

export function useLooked(project: Who): boolean {
  return useSyncExternalStore(
    subscribe,
    () => hasLooked(project),
    () => false,
  );
}
