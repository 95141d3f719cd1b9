/** Exit codes: 0 only on success, 2 for input that cannot be used, 130 after Ctrl-C, 1 for what nobody expected. */
export const EXIT = { success: 0, unexpected: 1, badInput: 2, interrupted: 130 } as const;

/** A command was called with something that cannot be used. The message is one sentence that names the option and the remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Some of a command's work could not be done; the message lists what and why. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';
}

/** A server did not do its part; the message says which and what to try. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  /** True where the same may work a little later. */
  readonly passing: boolean;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, passing = false, retryAfterSeconds: number | null = null) {
    super(message);
    this.passing = passing;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Errors whose message was written for the person who gave the input. */
const INPUT_ERRORS = new Set([
  'UsageError',
  'RecipeError',
  'RunError',
  'RunBusyError',
  'BadDatasetError',
  'BadImageError',
  'BadScoresError',
  'PlanError',
  'ComparisonError',
]);

/** Exit code and words for an error that ended a command. PLUMBLINE_DEBUG=1 shows where an unexpected one came from. */
export function describeFailure(error: unknown): { readonly code: number; readonly message: string } {
  if (!(error instanceof Error)) return { code: EXIT.unexpected, message: String(error) };
  if (error.name === 'AbortError') return { code: EXIT.interrupted, message: 'Stopped.' };
  if (error instanceof UnfinishedError || error instanceof ServerError) return { code: EXIT.unexpected, message: error.message };
  if (INPUT_ERRORS.has(error.name)) return { code: EXIT.badInput, message: error.message };
  const code = (error as NodeJS.ErrnoException).code;
  const path = (error as NodeJS.ErrnoException).path;
  if (code === 'ENOSPC')
    return { code: EXIT.unexpected, message: `The disk is full${path ? ` (writing ${path})` : ''}; free some space and resume.` };
  if (path && (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR'))
    return { code: EXIT.badInput, message: `${path} cannot be used (${code}); give a place you may write to.` };
  const detail = process.env['PLUMBLINE_DEBUG'] ? (error.stack ?? error.message) : `${error.message} (PLUMBLINE_DEBUG=1 shows where)`;
  return { code: EXIT.unexpected, message: `Unexpected: ${detail}` };
}
