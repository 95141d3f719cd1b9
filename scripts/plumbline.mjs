#!/usr/bin/env node
/** `npx plumbline …`: runs apps/cli as it is written. Paths on the command line are the caller's: the working directory is not changed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

const main = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));
register();
const { engineEnvironment } = await import('../packages/tensorflow/src/environment.ts');
const environment = engineEnvironment();

if (Object.entries(environment).every(([name, value]) => process.env[name] === value)) {
  await import(main);
} else {
  // Some of it only counts from a process's first instruction, so the work is done in a second one.
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...process.argv.slice(2)], {
    env: { ...process.env, ...environment },
    // The channel tells the child when this process is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
