import { listenChanges, type Change } from '@plumbline/jobs';

export type { Change };

/** Changes told by any process (API, worker, scripts), handed to who listens in this one. */
export interface Changes {
  /** Calls `heard` for every change until the returned function is called. Null: some may have been missed; read again. */
  on(heard: (change: Change | null) => void): () => void;
  stop(): Promise<void>;
}

/** Listens to the database on one connection for the whole process. */
export async function createChanges(databaseUrl: string, onError: (error: Error) => void): Promise<Changes> {
  const listeners = new Set<(change: Change | null) => void>();
  const tell = (change: Change | null): void => {
    for (const heard of listeners) heard(change);
  };
  const listener = await listenChanges(databaseUrl, tell, { onConnected: () => tell(null), onError });
  return {
    on(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    stop: () => listener.stop(),
  };
}
