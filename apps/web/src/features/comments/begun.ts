import { useCallback, useSyncExternalStore } from 'react';

/** What people began and did not end, by what it is about; it stays while the window does, whatever is closed or shown instead. */
export class Begun<T> {
  readonly #kept = new Map<string, T>();
  readonly #listeners = new Set<() => void>();

  get(key: string): T | undefined {
    return this.#kept.get(key);
  }

  /** Undefined forgets it. */
  set(key: string, value: T | undefined): void {
    if (value === undefined) this.#kept.delete(key);
    else this.#kept.set(key, value);
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** What was begun about something, and what sets it or, with undefined, forgets it. */
export function useBegun<T>(begun: Begun<T>, key: string): readonly [T | undefined, (value: T | undefined) => void] {
  const value = useSyncExternalStore(
    begun.subscribe,
    () => begun.get(key),
    () => undefined,
  );
  const set = useCallback((next: T | undefined) => begun.set(key, next), [begun, key]);
  return [value, set];
}
