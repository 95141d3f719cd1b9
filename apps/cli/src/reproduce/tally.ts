import type { PlannedTask } from '@plumbline/ml/experiment';
import { STOPPED } from './schedule.ts';
import { duration, type Progress, type ProgressReport } from '../progress.ts';

interface Running {
  readonly task: PlannedTask;
  readonly since: number;
  /** 0…1 */
  share: number;
  words: string;
}

/** How far an experiment is, over all its tasks, and how long the rest will take: estimates, corrected by what was measured on the way. */
export class Tally {
  readonly #progress: Progress;
  readonly #jobs: number;
  readonly #estimates: ReadonlyMap<string, number>;
  readonly #running = new Map<string, Running>();
  #done: number;
  #left: number;
  readonly #prior: number;
  #estimated = 0;
  #measured = 0;

  /** @param estimates seconds of every task · @param done ids of those that were finished before */
  constructor(progress: Progress, jobs: number, estimates: ReadonlyMap<string, number>, done: ReadonlySet<string>) {
    this.#progress = progress;
    this.#jobs = jobs;
    this.#estimates = estimates;
    this.#done = done.size;
    this.#prior = 0.1 * [...estimates.values()].reduce((sum, seconds) => sum + seconds, 1);
    this.#left = [...estimates].reduce((sum, [id, seconds]) => sum + (done.has(id) ? 0 : seconds), 0);
  }

  begin(task: PlannedTask): void {
    this.#running.set(task.id, { task, since: performance.now(), share: 0, words: 'starting' });
    this.#show();
  }

  report(task: PlannedTask, { title, done, total }: ProgressReport): void {
    const running = this.#running.get(task.id);
    if (!running) return;
    running.share = total > 0 ? done / total : 0;
    running.words = `${title.toLowerCase()} ${done}/${total}`;
    this.#show();
  }

  end(task: PlannedTask, reason: string | null): void {
    const running = this.#running.get(task.id);
    this.#running.delete(task.id);
    const estimate = this.#estimates.get(task.id) ?? 0;
    const seconds = running ? (performance.now() - running.since) / 1000 : 0;
    this.#left -= estimate;
    if (reason === null) {
      this.#done += 1;
      this.#estimated += estimate;
      this.#measured += seconds;
    }
    const said = reason === null ? `done    ${task.id}  ${duration(seconds)}` : `failed  ${task.id}: ${reason}`;
    this.#progress.line(reason === STOPPED ? `stopped ${task.id}` : said);
    this.#show();
  }

  #show(): void {
    // The first task or two weigh little against what was estimated for all.
    const correction = (this.#measured + this.#prior) / (this.#estimated + this.#prior);
    const begun = [...this.#running.values()].reduce((sum, { task, share }) => sum + share * (this.#estimates.get(task.id) ?? 0), 0);
    const secondsLeft = (Math.max(0, this.#left - begun) * correction) / this.#jobs;
    const words = [...this.#running.values()].map(({ task, words }) => `${task.id} ${words}`).join(' · ');
    this.#progress.update('Experiment', this.#done, this.#estimates.size, secondsLeft, words);
  }
}
