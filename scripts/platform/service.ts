import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const largestLog = 20e6;
/** Waiting times before a crashed process is started again, in milliseconds; a minute of life starts the row anew. */
const patience = [300, 1_000, 2_000, 4_000, 8_000, 15_000];
const settled = 60_000;

export interface ServiceOptions {
  readonly name: string;
  /** Its program, relative to the root; run by Node through tsx. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Called at each crash that is followed by another start. */
  readonly onCrash: (sentence: string) => void;
  /** Called when the process that runs changes. */
  readonly onProcess: () => void;
}

export interface Service {
  readonly name: string;
  /** Process id while one runs. */
  readonly pid: number | null;
  /** Resolves at the first "ready"; rejects when the process crashed three times before that. */
  readonly ready: Promise<void>;
  /** Ends it: asks, and after `grace` milliseconds insists, with everything it started. */
  stop(grace: number): Promise<void>;
}

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}

function saysReady(line: string): boolean {
  if (!line.includes('ready')) return false;
  try {
    return (JSON.parse(line) as { msg?: unknown }).msg === 'ready';
  } catch {
    return false;
  }
}

/** Starts a process of the platform and starts it again when it crashes, waiting longer each time. */
export function startService(options: ServiceOptions): Service {
  const { name, entry, environment, logFile, onCrash, onProcess } = options;
  const log = openLog(logFile);
  let child: ChildProcess | null = null;
  let crashes = 0;
  let wasReady = false;
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  const { promise: ready, resolve: announce, reject: giveUp } = withResolvers();

  const launch = (): void => {
    timer = null;
    const started = Date.now();
    // Its own group, so that Ctrl-C reaches the supervisor alone, and everything it starts can be ended with it.
    const running = spawn(process.execPath, ['--import', 'tsx', entry], {
      cwd: root,
      env: environment as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    child = running;
    running.once('error', (error) => log.write(`${name} could not be started: ${error.message}\n`));
    running.stderr.pipe(log, { end: false });
    createInterface({ input: running.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      if (wasReady || !saysReady(line)) return;
      wasReady = true;
      announce();
    });
    running.once('exit', (code, signal) => {
      child = null;
      // What it started must not work on beside its successor's.
      if (running.pid !== undefined) signalGroup(-running.pid, 'SIGKILL');
      onProcess();
      if (stopping) return;
      if (Date.now() - started > settled) crashes = 0;
      const wait = patience[Math.min(crashes, patience.length - 1)]!;
      crashes++;
      if (!wasReady && crashes >= 3) {
        giveUp(new Error(`The ${name} process did not start (${signal ?? `code ${code}`}).`));
        return;
      }
      onCrash(`The ${name} process ended (${signal ?? `code ${code}`}) and starts again in ${wait / 1000} s; see ${logFile}.`);
      timer = setTimeout(launch, wait);
    });
    onProcess();
  };
  launch();

  return {
    name,
    get pid() {
      return child?.pid ?? null;
    },
    ready,
    stop: async (grace) => {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      const running = child;
      if (running?.pid !== undefined && running.exitCode === null && running.signalCode === null) {
        const group = -running.pid;
        const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
        running.kill('SIGTERM');
        const insist = setTimeout(() => signalGroup(group, 'SIGKILL'), grace);
        await ended;
        clearTimeout(insist);
      }
      await new Promise<void>((resolve) => log.end(() => resolve()));
    },
  };
}

/** What is left of a group; an empty one is no error. */
function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(group, signal);
  } catch {
    // Nobody left in it.
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits for it sees the failure; without a waiter it must not end the program.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
