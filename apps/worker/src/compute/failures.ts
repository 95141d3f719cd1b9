/** The work cannot succeed however often it is tried; the message is one sentence for the people who started it. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure';
}

/** The process that computes ended without an answer; another one may succeed. The message is one sentence. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** Somebody else has the run now, or it has ended: whatever this attempt still wants to write is refused. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Errors of the science whose message is one sentence for people. A run that another process holds (RunBusyError) is none: it will be free. */
const explained = new Set(['RunError', 'BadDatasetError', 'BadImageError', 'RecipeError', 'ZodError']);

/** Whether another attempt would end the same way. */
export function isFinal(error: Error): boolean {
  return explained.has(error.name);
}

/** Why a process ended without an answer, in words. */
export function explainDeath(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL')
    return 'The computing process was ended by the system (SIGKILL), most likely because memory ran out: use a smaller batch, or a machine with more memory.';
  if (signal === 'SIGABRT' || code === 134)
    return 'The computing process gave up (SIGABRT), most likely because memory ran out: use a smaller batch, or a machine with more memory.';
  if (signal)
    return `The computing process crashed in native code (${signal}): \`plumbline engine\` tells whether the engine computes right.`;
  return `The computing process ended unexpectedly (exit code ${code ?? 'unknown'}): see the worker's log.`;
}
