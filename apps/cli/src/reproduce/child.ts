import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineEnvironment } from '@plumbline/tensorflow';
import { PROGRESS_VARIABLE, type ProgressReport } from '../progress.ts';

export interface ChildOptions {
  /** Command and options of this command line. */
  readonly args: readonly string[];
  readonly threads: number;
  /** What it prints is appended here. */
  readonly log: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (report: ProgressReport) => void;
}

export interface ChildOutcome {
  /** Null after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  /** The last line it said, for a failure. */
  readonly lastLine: string;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/**
 * Runs a command of this command line in a process of its own. It is told to stop cleanly when the signal fires, and ends by itself
 * when this process is gone, however that came about.
 */
export async function runChild({ args, threads, log, signal, onProgress = () => undefined }: ChildOptions): Promise<ChildOutcome> {
  const env = { ...process.env, PLUMBLINE_THREADS: String(threads), [PROGRESS_VARIABLE]: 'ipc' };
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'a');
  try {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], {
      env: { ...env, ...engineEnvironment(env) },
      stdio: ['ignore', 'pipe', file, 'ipc'],
    });
    const stop = (): void => void child.kill('SIGINT');
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    let stdout = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.on('message', (message) => onProgress(message as ProgressReport));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.removeEventListener('abort', stop);
    return { code, stdout, lastLine: lastLineOf(log) };
  } finally {
    closeSync(file);
  }
}

/** The last line of a log that a person can use: the engine's own chatter is left out. */
function lastLineOf(log: string): string {
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.findLast((line) => line.trim() !== '' && !/^(WARNING: All log|[IWE]\d{4} |20\d\d-)/.test(line)) ?? 'it said nothing';
}
