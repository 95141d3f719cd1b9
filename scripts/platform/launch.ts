import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../setup/console.mjs';
import { anyFreePort } from './ports.ts';

/** A platform started as its own program, as `npm start` starts it. */
export interface LaunchedPlatform {
  readonly address: string;
  /** The one-time link for the owner's account; null where the data directory has its owner. */
  readonly welcome: string | null;
  /** Everything it printed so far. */
  readonly output: () => string;
  /** Resolves once it has printed this, or rejects when it ended before that. */
  printed(text: RegExp, withinMs: number): Promise<void>;
  /** Ends it as Ctrl-C does, or by another signal; returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the platform on a data directory and a free port of its own, and waits until it has printed its address. */
export async function launchPlatform(options: {
  readonly data: string;
  readonly withinMs?: number;
  /** Settings besides those of this process. */
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<LaunchedPlatform> {
  const port = String(await anyFreePort());
  const own = { DATABASE_URL: '', NEXTAUTH_URL: '', PLUMBLINE_DATA: options.data, PLUMBLINE_WEB_PORT: port, NO_COLOR: '1' };
  const env = { ...process.env, ...own, ...options.settings };
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      ended = true;
      resolve(code);
    }),
  );

  const printed = async (text: RegExp, withinMs: number): Promise<void> => {
    const deadline = Date.now() + withinMs;
    while (!text.test(output)) {
      if (ended) throw new Error(`The platform ended before it printed ${String(text)}:\n${output}`);
      if (Date.now() > deadline) throw new Error(`The platform did not print ${String(text)} within ${withinMs / 1000} s:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async (signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> => {
    if (!ended) child.kill(signal);
    return exit;
  };

  try {
    await printed(/^ {2}Stop /m, options.withinMs ?? 240_000);
  } catch (error) {
    await stop();
    throw error;
  }
  const address = /^ {2}Open +(\S+)/m.exec(output)?.[1];
  if (address === undefined) throw new Error(`The platform printed no address:\n${output}`);
  return { address, welcome: /^ {2}Welcome +(\S+)/m.exec(output)?.[1] ?? null, output: () => output, printed, stop };
}
