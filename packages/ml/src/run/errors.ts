/** A run or its input cannot be used as asked. The message is one sentence: what, where, remedy. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** Another process holds the run folder now; the same call can succeed once that one has ended. */
export class RunBusyError extends Error {
  override readonly name = 'RunBusyError';
}

/** Cancels by exception, as `fetch` does: name `AbortError`. */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw new DOMException(`${what} was cancelled`, 'AbortError');
}

/** A training that was asked to pause has done so: its last checkpoint stands, and resuming goes on from there. */
export class RunPaused extends Error {
  override readonly name = 'RunPaused';

  constructor(epoch: number, epochs: number) {
    super(`Paused after epoch ${epoch} of ${epochs}.`);
  }
}
