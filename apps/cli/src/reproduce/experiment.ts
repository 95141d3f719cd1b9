import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { PAPER_TABLE_ORDER, planExperiment, type Budget, type Variant } from '@plumbline/ml/experiment';
import { writeTables } from '../comparison.ts';
import { Progress } from '../progress.ts';
import { engineSpeed } from './engine-speed.ts';
import { estimateSeconds } from './estimate.ts';
import { Executor } from './execute.ts';
import type { ExperimentFolder } from './experiment-folder.ts';
import { overview } from './overview.ts';
import { writeReport } from './report/write-report.ts';
import { collectResults, type Results } from './results.ts';
import { runTasks, type Unfinished } from './schedule.ts';
import { readSources } from './sources.ts';
import { Tally } from './tally.ts';

export interface ExperimentOptions {
  readonly folder: ExperimentFolder;
  readonly data: readonly string[];
  readonly budget: Budget;
  /** Null for what the folder's plan says, or the paper's four. */
  readonly regimes: readonly Variant[] | null;
  /** Null for what the folder's plan says, or the budget's. */
  readonly seeds: number | null;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** Plans, or goes on with, an experiment: executes what is not done and writes tables, results and report from what is. */
export async function executeExperiment(options: ExperimentOptions): Promise<{ results: Results; unfinished: readonly Unfinished[] }> {
  const { folder, jobs, signal } = options;
  await rm(folder.at('work'), { recursive: true, force: true });
  const stored = await folder.stored();
  const sources = await readSources(options.data, folder.path);
  const seeds = options.seeds ?? stored?.plan.seeds.length;
  const plan = planExperiment({
    classes: sources,
    regimes: options.regimes ?? stored?.plan.regimes ?? PAPER_TABLE_ORDER,
    budget: options.budget,
    ...(seeds === undefined ? {} : { seeds }),
  });
  const dirs = new Map(sources.map(({ name, dir }) => [name, dir]));
  const threads = await folder.settle(plan, stored, threadsEach(jobs), Object.fromEntries(dirs));
  const progress = new Progress(false);
  const isDone = (task: (typeof plan.tasks)[number]): boolean => folder.isDone(task, plan);
  const done = new Set(plan.tasks.filter(isDone).map(({ id }) => id));
  let unfinished: readonly Unfinished[] = [];
  if (done.size < plan.tasks.length) {
    const speed = await engineSpeed(folder, threads, signal);
    const sourceOf = new Map(sources.map((source) => [source.name, source]));
    const estimates = new Map(plan.tasks.map((task) => [task.id, estimateSeconds(task, plan, sourceOf.get(task.class)!, speed.step)]));
    for (const line of overview(plan, estimates, done, { jobs, threads })) progress.line(line);
    const tally = new Tally(progress, jobs, estimates, done);
    const executor = new Executor({ folder, plan, data: dirs, threads, signal, onProgress: (task, report) => tally.report(task, report) });
    unfinished = await runTasks({
      tasks: plan.tasks,
      isDone,
      jobs,
      signal,
      execute: async (task) => {
        tally.begin(task);
        const reason = await executor.execute(task);
        tally.end(task, reason);
        return reason;
      },
    });
    progress.end();
  }
  const results = collectResults(folder, plan, threads, unfinished);
  if (!signal.aborted) {
    // First what cannot be had again without computing, then what is drawn from it.
    await folder.write(folder.at('results.json'), `${JSON.stringify(results, null, 2)}\n`);
    if (results.comparison) await writeTables(results.comparison, folder.at('tables'));
    const engine = folder.has('engine.json') ? await engineSpeed(folder, threads, signal) : null;
    await writeReport({ folder, plan, results, sources, engine });
  }
  return { results, unfinished };
}

/** What was asked for by PLUMBLINE_THREADS, or an equal share of the cores. */
function threadsEach(jobs: number): number {
  const wanted = Number(process.env['PLUMBLINE_THREADS']);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : Math.max(1, Math.floor(availableParallelism() / jobs));
}
