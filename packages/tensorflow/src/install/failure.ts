/**
 * The native engine cannot be had here, for a reason that a person can act upon.
 * Expected (no Python, no compiler, another system): callers turn it into the WebAssembly fallback, never into a crash.
 */
export class EngineUnavailableError extends Error {
  /** What to do about it, as one sentence without a full stop at the end. */
  readonly remedy: string;

  /** @param reason one clause saying what is missing or wrong, without a full stop. */
  constructor(reason: string, remedy: string) {
    super(reason);
    this.name = 'EngineUnavailableError';
    this.remedy = remedy;
  }
}
