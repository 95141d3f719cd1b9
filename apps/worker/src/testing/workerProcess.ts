import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

interface LogLine {
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The worker's real process, for tests that kill it. */
export class WorkerProcess {
  readonly #process: ChildProcess;
  readonly lines: LogLine[] = [];
  #wake: () => void = () => undefined;

  private constructor(databaseUrl: string, data: string) {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    this.#process = fork(main, {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, DATABASE_URL: databaseUrl, PLUMBLINE_DATA: data, LOG_LEVEL: 'debug' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line.startsWith('{') ? (JSON.parse(line) as LogLine) : { msg: line });
        this.#wake();
      });
  }

  /** Returns when it takes jobs. */
  static async start(databaseUrl: string, data: string): Promise<WorkerProcess> {
    const worker = new WorkerProcess(databaseUrl, data);
    await worker.said('ready');
    return worker;
  }

  /** The nth line with this message, counted from 1. */
  async said(message: string, nth = 1): Promise<LogLine> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const line = this.lines.filter(({ msg }) => msg === message)[nth - 1];
      if (line) return line;
      if (this.#process.exitCode !== null || performance.now() > deadline)
        throw new Error(`the worker never said "${message}":\n${this.lines.map((entry) => JSON.stringify(entry)).join('\n')}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, 200);
      });
    }
  }

  /** Ends it; milliseconds it took. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return 0;
    const before = performance.now();
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
    return performance.now() - before;
  }
}
