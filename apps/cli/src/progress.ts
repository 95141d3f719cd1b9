import cliProgress from 'cli-progress';

/** What a command tells the one that started it. */
export interface ProgressReport {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  readonly detail: string;
}

/** Set to `ipc` for a command whose starter listens on its channel. */
export const PROGRESS_VARIABLE = 'PLUMBLINE_PROGRESS';

function reportToParent(report: ProgressReport): void {
  if (process.env[PROGRESS_VARIABLE] === 'ipc' && process.connected) process.send?.(report);
}

/** Where a piece of work is, for a person at a terminal (a bar on stderr) or for a log (a line now and then). */
export class Progress {
  readonly #terminal = process.stderr.isTTY;
  readonly #quiet: boolean;
  #bar: cliProgress.SingleBar | null = null;
  #title = '';
  #lastLine = 0;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
  }

  /** `detail` is a few words behind the bar; `secondsLeft` null when nobody knows. */
  update(title: string, done: number, total: number, secondsLeft: number | null, detail = ''): void {
    reportToParent({ title, done, total, secondsLeft, detail });
    if (this.#quiet) return;
    if (!this.#terminal) {
      this.#updateLog(title, done, total, secondsLeft, detail);
      return;
    }
    if (this.#title !== title) {
      this.#stop();
      this.#title = title;
      this.#bar = new cliProgress.SingleBar({
        format: '{title} {bar} {percentage}% {value}/{total}{left}{detail}',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 28,
        hideCursor: true,
        clearOnComplete: true,
        stream: process.stderr,
      });
      this.#bar.start(total, done, { title, left: '', detail: '' });
    }
    this.#bar?.setTotal(total);
    this.#bar?.update(done, {
      title,
      left: secondsLeft === null ? '' : ` · ${duration(secondsLeft)} left`,
      detail: detail ? ` · ${detail}` : '',
    });
  }

  #updateLog(title: string, done: number, total: number, secondsLeft: number | null, detail: string): void {
    const now = Date.now();
    if (now - this.#lastLine < 10_000 && done < total) return;
    this.#lastLine = now;
    const left = secondsLeft === null || done === total ? '' : `, ${duration(secondsLeft)} left`;
    process.stderr.write(`${title} ${done}/${total}${left}${detail ? `, ${detail}` : ''}\n`);
  }

  /** A line that stays, above the bar. */
  line(text: string): void {
    this.#stop();
    process.stderr.write(`${text}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    this.#stop();
  }

  #stop(): void {
    this.#bar?.stop();
    this.#bar = null;
    this.#title = '';
  }
}

/** 42 s, 3 min 05 s, 2 h 10 min. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}
