/** The work cannot succeed however often it is tried; the message is one sentence for the people who started it. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure';
}

/** The process that computes ended without an answer; another one may succeed. The message is one sentence. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** The process ended at a checkpoint because it was asked to pause. */
export class Paused extends Error {
  override readonly name = 'Paused';
}

/** Somebody asked to cancel the work when it was all but done. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
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

interface Explained {
  readonly sign: RegExp;
  readonly sentence: string;
}

/** What failures outside the science look like, and what to do; their own text says where. */
const explanations: readonly Explained[] = [
  {
    sign: /ENOSPC|no space left on device/i,
    sentence: "The worker's disk is full: free space in its data directory or move it to a larger disk, then resume the run.",
  },
  { sign: /EDQUOT|disk quota/i, sentence: "The worker's disk quota is used up: raise it or free space, then resume the run." },
  {
    sign: /EACCES|EROFS|EPERM: operation not permitted/i,
    sentence: 'The worker may not write to its data directory: give it the right to, then resume the run.',
  },
  {
    sign: /resource ?exhausted|out of memory|\boom\b|failed to allocate|array buffer allocation failed|invalid (typed )?array length|memory access out of bounds/i,
    sentence: 'Memory ran out: use a smaller training.batch, or a machine with more memory.',
  },
  {
    sign: /CUDA_ERROR|cuDNN|cublas/i,
    sentence: 'The graphics processor failed: see its driver with `nvidia-smi`, then resume the run.',
  },
];

/** A failure in a sentence that says what to do; what was said of it stays behind it in parentheses. */
export function inWords(message: string): string {
  const first = message.split('\n')[0] ?? '';
  const known = explanations.find(({ sign }) => sign.test(first));
  if (known && !first.startsWith('The computing process')) return `${known.sentence} (${first.replace(/[.\s]+$/, '')})`;
  return /[.!?)]$/.test(first) ? first : `${first}.`;
}
