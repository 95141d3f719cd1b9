import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ExperimentPlan, PlannedTask } from '@plumbline/ml/experiment';
import { EXIT } from '../failure.ts';
import type { ProgressReport } from '../progress.ts';
import { runChild, type ChildOutcome } from './child.ts';
import { STOPPED } from './schedule.ts';
import type { ExperimentFolder } from './experiment-folder.ts';

export interface ExecutorOptions {
  readonly folder: ExperimentFolder;
  readonly plan: ExperimentPlan;
  /** Class → its folder. */
  readonly data: ReadonlyMap<string, string>;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (task: PlannedTask, report: ProgressReport) => void;
}

/** A process that a kill left over ends within a step; a training waits so long for its folder. */
const PATIENCE_SECONDS = 120;

/** Executes tasks of a plan in processes of their own. */
export class Executor {
  readonly #options: ExecutorOptions;

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  /** @returns null when the task is done, or why it failed: bad input at once, anything else after a second try */
  async execute(task: PlannedTask): Promise<string | null> {
    const { signal } = this.#options;
    const run = (): Promise<ChildOutcome> => (task.kind === 'evaluation' ? this.#evaluate(task) : this.#train(task));
    let outcome = await run();
    if (outcome.code !== EXIT.success && outcome.code !== EXIT.badInput && !signal.aborted) outcome = await run();
    if (outcome.code === EXIT.success) return null;
    if (signal.aborted) return STOPPED;
    return outcome.code === null ? `its process was killed; the last it said was: ${outcome.lastLine}` : outcome.lastLine;
  }

  async #train(task: Exclude<PlannedTask, { kind: 'evaluation' }>): Promise<ChildOutcome> {
    const { folder } = this.#options;
    const network = task.kind === 'reconstruction' && task.orientation ? ['--stn', folder.at(task.orientation)] : [];
    return await this.#run(task, [
      'train',
      ...['--data', this.#dataOf(task), '--recipe', folder.recipeFile(task.recipe), '--seed', String(task.seed)],
      ...[...network, '--out', folder.at(task.id), '--resume', '--wait', String(PATIENCE_SECONDS)],
    ]);
  }

  /** Into a folder of its own, which gets its name when it is whole: an evaluation that a kill left over cannot write into a newer one. */
  async #evaluate(task: Extract<PlannedTask, { kind: 'evaluation' }>): Promise<ChildOutcome> {
    const { folder } = this.#options;
    const part = folder.at('work', `${task.id.replaceAll('/', '-')}.${process.pid}`);
    await rm(part, { recursive: true, force: true });
    const outcome = await this.#run(task, ['evaluate', '--run', folder.at(task.run), '--data', this.#dataOf(task), '--out', part]);
    if (outcome.code !== EXIT.success) return outcome;
    const whole = folder.at(task.id);
    await mkdir(dirname(whole), { recursive: true });
    await rm(whole, { recursive: true, force: true });
    await rename(part, whole);
    return outcome;
  }

  async #run(task: PlannedTask, args: readonly string[]): Promise<ChildOutcome> {
    const { folder, threads, signal, onProgress } = this.#options;
    return await runChild({
      args,
      threads,
      signal,
      log: folder.at('logs', `${task.id.replaceAll('/', '-')}.log`),
      onProgress: (report) => onProgress(task, report),
    });
  }

  #dataOf(task: PlannedTask): string {
    const dir = this.#options.data.get(task.class);
    if (dir === undefined) throw new Error(`the plan has a class ${task.class} without data`);
    return dir;
  }
}
