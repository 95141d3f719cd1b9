/** The state of an upload of many files, and pure steps on it. */

export type UploadPhase = 'waiting' | 'sending' | 'starting' | 'done' | 'failed' | 'interrupted';

export interface UploadState {
  readonly id: string;
  readonly datasetId: string;
  /** `waiting` for the dataset's upload before it · `starting` the import · `interrupted`: the page that sent it was closed, its files are to be chosen again. */
  readonly phase: UploadPhase;
  readonly files: number;
  readonly filesSent: number;
  readonly bytes: number;
  readonly bytesSent: number;
  /** What had arrived when sending began: it says nothing about the rate. */
  readonly bytesBefore: number;
  readonly startedAt: number;
  /** Files that are to be chosen again; 0 but when interrupted. */
  readonly missing: number;
  /** Set when failed. */
  readonly reason: string | null;
  /** The import that reads what arrived, when done. */
  readonly importId: string | null;
}

/** Share of bytes, or of files when all are empty; 0 … 1. */
export function uploadShare(state: Pick<UploadState, 'phase' | 'bytes' | 'bytesSent' | 'files' | 'filesSent'>): number {
  if (state.phase === 'done') return 1;
  return state.bytes > 0 ? state.bytesSent / state.bytes : state.filesSent / Math.max(1, state.files);
}

/** Seconds left at the mean rate so far; null in the first second and when nothing has moved. */
export function uploadSecondsLeft(
  state: Pick<UploadState, 'phase' | 'bytes' | 'bytesSent' | 'bytesBefore' | 'startedAt'>,
  now: number,
): number | null {
  const seconds = (now - state.startedAt) / 1000;
  const moved = state.bytesSent - state.bytesBefore;
  if (seconds < 1 || moved <= 0 || state.phase !== 'sending') return null;
  return ((state.bytes - state.bytesSent) * seconds) / moved;
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
