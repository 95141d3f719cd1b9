import { spawn } from 'node:child_process';

export interface CommandResult {
  readonly code: number | null;
  /** The last 8 kB of what it wrote, both streams together. */
  readonly output: string;
  readonly missing: boolean;
}

/** Runs a program without a shell and keeps the end of its output. Never rejects for a failing program; only for an abort. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const result = await new Promise<CommandResult>((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      signal: options.signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-8192);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: null, output: `${output}${error.message}`, missing: error.code === 'ENOENT' }),
    );
    child.on('close', (code) => resolve({ code, output, missing: false }));
  });
  options.signal?.throwIfAborted();
  return result;
}

/** The last line that says what went wrong, for a one-sentence message. */
export function lastErrorLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const nonEmpty = lines.filter((line) => line !== '');
  return nonEmpty.findLast((line) => /error|failed/i.test(line)) ?? nonEmpty.at(-1) ?? 'no message';
}
