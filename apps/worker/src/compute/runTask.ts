import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engineEnvironment, engineVariables, withOnly } from '@plumbline/tensorflow';
import { explainDeath, FinalFailure, Paused, ProcessDied } from './failures.ts';
import type { Message, PauseRequest, Task } from './protocol.ts';

const childFile = fileURLToPath(new URL('../child.ts', import.meta.url));
const loader = import.meta.resolve('tsx');
/** Time between asking a process to end and ending it. */
const graceMilliseconds = 3000;

export interface TaskOptions {
  readonly signal: AbortSignal;
  /** Asks a training to end at its next checkpoint. */
  readonly pause?: AbortSignal;
  readonly onMessage: (message: Message) => void;
  /** Told what the process writes to its standard error. */
  readonly onOutput?: (text: string) => void;
  readonly onStart?: (pid: number) => void;
}

/**
 * Performs a task in a process of its own and returns its last message.
 * @throws FinalFailure, ProcessDied, Paused; AbortError when the signal ended it, within some 3 s
 */
export function runTask(task: Task, { signal, pause, onMessage, onOutput, onStart }: TaskOptions): Promise<Message | null> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = fork(childFile, {
      execArgv: ['--import', loader],
      // It reads files and computes: of the database and of sessions it knows nothing.
      env: { ...withOnly(engineVariables, process.env), ...engineEnvironment() } as NodeJS.ProcessEnv,
      // Previews travel as bytes.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let last: Message | null = null;
    let killer: NodeJS.Timeout | undefined;
    const end = (): void => {
      child.kill('SIGTERM');
      killer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
    };
    signal.addEventListener('abort', end, { once: true });
    const askToPause = (): void => void (child.connected && child.send({ kind: 'pause' } satisfies PauseRequest));
    pause?.addEventListener('abort', askToPause, { once: true });
    child.on('message', (message: Message) => {
      if (message.kind !== 'memory') last = message;
      onMessage(message);
    });
    child.stderr?.on('data', (chunk: Buffer) => onOutput?.(String(chunk)));
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      clearTimeout(killer);
      signal.removeEventListener('abort', end);
      pause?.removeEventListener('abort', askToPause);
      if (last?.kind === 'failed') reject(last.final ? new FinalFailure(last.message) : new ProcessDied(last.message));
      else if (last?.kind === 'paused') reject(new Paused(last.message));
      else if (signal.aborted || last?.kind === 'aborted') reject(new DOMException('The task was ended', 'AbortError'));
      else if (code !== 0) reject(new ProcessDied(explainDeath(code, killedBy)));
      else resolve(last);
    });
    child.send(task);
    if (pause?.aborted) askToPause();
    if (child.pid !== undefined) onStart?.(child.pid);
  });
}
