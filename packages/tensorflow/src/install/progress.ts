import { type Options, SingleBar } from 'cli-progress';

/** One thing being waited for. `update` takes an absolute amount in bytes. */
export interface Progress {
  update(done: number): void;
  finish(): void;
}

export type Log = (line: string) => void;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

const barOptions: Options = {
  format: '{title} [{bar}] {percentage}% {done}/{all} MB',
  barCompleteChar: '█',
  barIncompleteChar: '░',
  hideCursor: true,
  clearOnComplete: true,
};

function barProgress(title: string, total: number): Progress {
  const bar = new SingleBar(barOptions);
  bar.start(total, 0, { title, done: '0', all: megabytes(total) });
  return {
    update: (done) => bar.update(Math.min(done, total), { done: megabytes(Math.min(done, total)) }),
    finish: () => bar.stop(),
  };
}

/** A line at each tenth: readable in a log file. */
function lineProgress(title: string, total: number, log: Log): Progress {
  let lastTenth = 0;
  return {
    update: (done) => {
      const tenth = Math.min(9, Math.floor((10 * done) / total));
      if (tenth <= lastTenth) return;
      lastTenth = tenth;
      log(`${title} ${tenth * 10} % (${megabytes(Math.min(done, total))} of ${megabytes(total)} MB)`);
    },
    finish: () => undefined,
  };
}

/** A bar on a terminal, lines elsewhere. @param total expected bytes, positive */
export function startProgress(title: string, total: number, log: Log): Progress {
  return process.stderr.isTTY ? barProgress(title, total) : lineProgress(title, total, log);
}
