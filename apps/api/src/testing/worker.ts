import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestApi } from './api.ts';

const main = fileURLToPath(new URL('../../../worker/src/main.ts', import.meta.url));

/** A real worker on the database and the storage of an API under test. Returns when it takes jobs. */
export async function startWorker({ databaseUrl, data }: Pick<TestApi, 'databaseUrl' | 'data'>): Promise<{ stop(): Promise<void> }> {
  const worker = fork(main, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: databaseUrl, PLUMBLINE_DATA: data, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  await new Promise<void>((ready, failed) => {
    for (const stream of [worker.stdout, worker.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          if (line.includes('"msg":"ready"')) ready();
        });
    worker.once('exit', () => failed(new Error(`The worker ended before it was ready:\n${said.join('\n')}`)));
  });
  return {
    async stop() {
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const gone = once(worker, 'exit');
      worker.kill('SIGTERM');
      await gone;
    },
  };
}
