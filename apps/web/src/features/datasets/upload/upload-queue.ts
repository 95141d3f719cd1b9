/** The state of an upload of many files, and pure steps on it. */

export interface UploadState {
  readonly phase: 'sending' | 'starting' | 'done' | 'failed' | 'stopped';
  readonly files: number;
  readonly filesSent: number;
  readonly bytes: number;
  readonly bytesSent: number;
  readonly startedAt: number;
  /** Set when failed. */
  readonly reason: string | null;
  /** The import that reads what arrived, when done. */
  readonly importId: string | null;
}

export function startedUpload(sizes: readonly number[], now: number): UploadState {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { phase: 'sending', files: sizes.length, filesSent: 0, bytes, bytesSent: 0, startedAt: now, reason: null, importId: null };
}

/** Share of bytes, or of files when all are empty; 0 … 1. */
export function uploadShare(state: UploadState): number {
  if (state.phase === 'done') return 1;
  return state.bytes > 0 ? state.bytesSent / state.bytes : state.filesSent / Math.max(1, state.files);
}

/** Seconds left at the mean rate so far; null in the first second and when nothing has moved. */
export function uploadSecondsLeft(state: UploadState, now: number): number | null {
  const seconds = (now - state.startedAt) / 1000;
  if (seconds < 1 || state.bytesSent === 0 || state.phase !== 'sending') return null;
  return ((state.bytes - state.bytesSent) * seconds) / state.bytesSent;
}

/**
 * Runs `task` over all items, `lanes` at a time, in order of start. The first failure stops new starts and is thrown after those under way
 * have ended; a raised `signal` stops new starts too.
 */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  signal: AbortSignal,
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  const lane = async () => {
    while (next < items.length && !failure && !signal.aborted) {
      const index = next;
      next += 1;
      try {
        await task(items[index] as T, index);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  const thrown = failure as { readonly error: unknown } | null;
  if (thrown) throw thrown.error;
}
