import { existsSync, readFileSync } from 'node:fs';
import { isDeadStart, readManifest, type EvaluationMetrics, type RunManifest } from '@plumbline/ml';
import {
  compareEvaluations,
  type ComparedEvaluation,
  type Comparison,
  type ExperimentPlan,
  type PlannedTask,
} from '@plumbline/ml/experiment';
import { readEvaluation } from '../comparison.ts';
import type { ExperimentFolder } from './experiment-folder.ts';
import { readHistory, type ShownEpoch } from './history.ts';
import type { Unfinished } from './schedule.ts';

/** A finished training as results show it. */
export interface RunResult {
  readonly id: string;
  readonly class: string;
  readonly regime: string;
  readonly seed: number;
  readonly recipeHash: string;
  readonly epochs: number;
  /** Of the checkpoint that was evaluated. */
  readonly best: { readonly epoch: number; readonly loss: number; readonly sha256: string } | null;
  /** The loss of a constant image. */
  readonly dataVariance: number;
  /** Whether the last epoch's loss still equals it: nothing can be compared then. */
  readonly deadStart: boolean;
  readonly recovery: RunManifest['recovery'];
  readonly history: readonly Omit<ShownEpoch, 'seconds'>[];
}

/** results.json: everything an experiment came to. All but `times` follows from data, plan and thread count, however often it was interrupted. */
export interface Results {
  readonly format: 1;
  readonly budget: string;
  readonly threads: number;
  readonly classes: ExperimentPlan['classes'];
  readonly regimes: readonly string[];
  readonly seeds: readonly number[];
  readonly recipes: Readonly<Record<string, string>>;
  readonly runs: readonly RunResult[];
  readonly evaluations: readonly Omit<EvaluationMetrics, 'throughput'>[];
  /** Tables 3–9 with their statistics; null where fewer than one evaluation is there. */
  readonly comparison: Comparison | null;
  readonly unfinished: readonly Unfinished[];
  readonly times: {
    /** Seconds of training by run, those of resumed ones added up. */
    readonly training: Readonly<Record<string, number>>;
    readonly evaluation: Readonly<Record<string, number>>;
    /** With which versions of this code the runs were made. */
    readonly codeVersions: readonly string[];
  };
}

/** Reads what the tasks left behind. */
export function collectResults(
  folder: ExperimentFolder,
  plan: ExperimentPlan,
  threads: number,
  unfinished: readonly Unfinished[],
): Results {
  const missing = new Set(unfinished.map(({ id }) => id));
  const done = plan.tasks.filter((task) => !missing.has(task.id));
  const trained = done.flatMap((task) =>
    task.kind === 'evaluation' ? [] : [{ task, manifest: manifestOf(folder, task), history: readHistory(folder.at(task.id)) }],
  );
  const evaluated = done.flatMap((task) => (task.kind === 'evaluation' ? [{ task, metrics: metricsOf(folder, task) }] : []));
  const versions = trained.flatMap(({ manifest }) => [manifest.codeVersion, ...manifest.attempts.map((attempt) => attempt.codeVersion)]);
  return {
    format: 1,
    budget: plan.budget,
    threads,
    classes: plan.classes,
    regimes: plan.regimes,
    seeds: plan.seeds,
    recipes: Object.fromEntries(Object.entries(plan.recipes).map(([name, { hash }]) => [name, hash])),
    runs: trained.map(({ task, manifest, history }) => runResult(task, manifest, history)),
    evaluations: evaluated.map(({ metrics: { throughput: _throughput, ...rest } }) => rest),
    comparison: evaluated.length === 0 ? null : compareEvaluations(evaluated.map(({ task }) => inOrder(folder, task))),
    unfinished,
    times: {
      training: Object.fromEntries(trained.map(({ task, history }) => [task.id, history.reduce((sum, { seconds }) => sum + seconds, 0)])),
      evaluation: Object.fromEntries(evaluated.map(({ task, metrics }) => [task.id, metrics.throughput.seconds])),
      codeVersions: [...new Set(versions)],
    },
  };
}

/** Named by its place in the experiment, so that tables do not depend on where the folder lies. */
function inOrder(folder: ExperimentFolder, task: PlannedTask): ComparedEvaluation {
  return { ...readEvaluation(folder.at(task.id)), name: task.id };
}

function manifestOf(folder: ExperimentFolder, task: PlannedTask): RunManifest {
  const manifest = readManifest(folder.at(task.id));
  if (!manifest) throw new Error(`${task.id} is done but has no manifest`);
  return manifest;
}

function metricsOf(folder: ExperimentFolder, task: PlannedTask): EvaluationMetrics {
  const file = folder.at(task.id, 'metrics.json');
  if (!existsSync(file)) throw new Error(`${task.id} is done but has no metrics`);
  return JSON.parse(readFileSync(file, 'utf8')) as EvaluationMetrics;
}

function runResult(task: PlannedTask, manifest: RunManifest, history: readonly ShownEpoch[]): RunResult {
  const last = history.at(-1);
  const ofImages = task.kind === 'reconstruction';
  return {
    id: task.id,
    class: task.class,
    regime: task.kind === 'orientation' ? 'orientation' : task.regime,
    seed: task.seed,
    recipeHash: manifest.recipeHash,
    epochs: manifest.epochsDone,
    best: manifest.checkpoints.best,
    dataVariance: manifest.dataVariance,
    deadStart: ofImages && last !== undefined && isDeadStart(last.trainLoss, manifest.dataVariance, Infinity),
    recovery: manifest.recovery,
    history: history.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss })),
  };
}
