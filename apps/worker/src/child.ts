/** The process that computes: one task, then it ends. Native memory and crashes end with it and not with the worker. */
import { writeFileSync } from 'node:fs';
import { evaluate, train } from '@plumbline/ml';
import { describeEngine, openEngine } from '@plumbline/tensorflow';
import { isFinal } from './compute/failures.ts';
import type { Message, PauseRequest, Task } from './compute/protocol.ts';

const cancel = new AbortController();
const pause = new AbortController();
process.on('SIGTERM', () => cancel.abort());
// The terminal's interrupt goes to the whole process group; the worker decides when its children end.
process.on('SIGINT', () => undefined);
// A worker that was killed must not leave a process behind that holds the run's folder.
process.on('disconnect', () => process.exit(1));

function say(message: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send) process.send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
    else reject(new Error('child.ts is started by the worker, not by hand.'));
  });
}

/** Milliseconds for a predecessor that lost its worker to end and let go of the run's folder. */
const patience = 30_000;

async function perform(task: Task): Promise<void> {
  const engine = await openEngine();
  await say({ kind: 'engine', engine: await describeEngine(engine, { measure: task.kind === 'measure-engine' }) });
  const { signal } = cancel;
  if (task.kind === 'train') {
    await train({
      ...task,
      engine,
      signal,
      pause: pause.signal,
      patience,
      resume: true,
      onEvent: (event) => void say({ kind: 'training', event }),
    });
    await say({ kind: 'trained' });
  } else if (task.kind === 'evaluate') {
    const result = await evaluate({ ...task, engine, signal, onEvent: (event) => void say({ kind: 'evaluation', event }) });
    await say({ kind: 'evaluated', result });
  }
}

/** When memory runs out, this process is the one to go: its work is resumed, the database's and the worker's would not be. */
function volunteerForTheOutOfMemoryKiller(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '800');
  } catch {
    // Not Linux, or not allowed: the system chooses by itself.
  }
}

const memoryMilliseconds = 2000;

function tellMemory(): void {
  say({ kind: 'memory', bytes: process.memoryUsage.rss() }).catch(() => undefined);
}

process.on('message', (told: Task | PauseRequest) => {
  if (told.kind === 'pause') return pause.abort();
  begin(told);
});

function begin(task: Task): void {
  volunteerForTheOutOfMemoryKiller();
  if (task.kind === 'train') setInterval(tellMemory, memoryMilliseconds).unref();
  perform(task)
    .catch((error: unknown) => {
      if (!(error instanceof Error)) return say({ kind: 'failed', message: String(error), final: false });
      if (error.name === 'RunPaused') return say({ kind: 'paused', message: error.message });
      if (error.name === 'AbortError') return say({ kind: 'aborted' });
      process.stderr.write(`${error.stack ?? error.message}\n`);
      return say({ kind: 'failed', message: error.message, final: isFinal(error) });
    })
    .finally(() => process.exit(0));
}
