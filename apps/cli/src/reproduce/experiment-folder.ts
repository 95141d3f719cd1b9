import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson, readManifest, writeAtomic, type EvaluationMetrics } from '@plumbline/ml';
import type { ExperimentPlan, PlannedTask } from '@plumbline/ml/experiment';
import { UsageError } from '../failure.ts';

interface PlanFile {
  readonly plan: ExperimentPlan;
  /** Of each training: the number of threads is part of what decides its weights to the bit. */
  readonly threads: number;
  /** Class → folder it was read from at first. */
  readonly data: Readonly<Record<string, string>>;
}

/** The folder of an experiment: plan.json, orientation/, runs/, evaluations/, tables/, figures/, report.html, results.json; recipes, logs and data beside them. */
export class ExperimentFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  at(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  has(...parts: readonly string[]): boolean {
    return existsSync(this.at(...parts));
  }

  /** The plan that is in the folder already, or null. @throws UsageError where the folder holds something else */
  async stored(): Promise<PlanFile | null> {
    const file = this.at('plan.json');
    if (!existsSync(file)) {
      const foreign = existsSync(this.path) ? (await readdir(this.path)).find((name) => !OWN.test(name)) : undefined;
      if (foreign)
        throw new UsageError(`--out ${this.path} already holds ${foreign}, which is no part of an experiment; give another folder.`);
      return null;
    }
    try {
      const content = JSON.parse(readFileSync(file, 'utf8')) as PlanFile;
      if (content.plan.format === 1) return content;
    } catch {
      // Said below.
    }
    throw new UsageError(`${file} is not the plan of an experiment of this version; give another --out.`);
  }

  /**
   * Takes the plan into the folder, or makes sure that it is the one that is there.
   * @returns threads of each training, those of the first call where there was one
   */
  async settle(plan: ExperimentPlan, stored: PlanFile | null, threads: number, data: PlanFile['data']): Promise<number> {
    if (stored) {
      const difference = differenceOf(stored.plan, plan);
      if (difference)
        throw new UsageError(
          `--out ${this.path} holds an experiment with ${difference}; give another folder, or what it was begun with to continue it.`,
        );
      return stored.threads;
    }
    for (const [name, { recipe }] of Object.entries(plan.recipes))
      await this.write(this.recipeFile(name), `${JSON.stringify(recipe, null, 2)}\n`);
    await this.write(this.at('plan.json'), `${JSON.stringify({ plan, threads, data } satisfies PlanFile, null, 2)}\n`);
    return threads;
  }

  recipeFile(name: string): string {
    return this.at('recipes', `${name}.json`);
  }

  /** A recipe of the plan, as it was written. */
  readRecipe(name: string): object {
    return JSON.parse(readFileSync(this.recipeFile(name), 'utf8')) as object;
  }

  /**
   * Finished for good: the run's manifest says so and belongs to this plan; or the evaluation's metrics are there, which are written last, and are those of
   * the weights that its finished run holds.
   */
  isDone(task: PlannedTask, plan: ExperimentPlan): boolean {
    if (task.kind === 'evaluation') {
      const run = plan.tasks.find(({ id }) => id === task.run);
      if (!run || !this.isDone(run, plan)) return false;
      const best = readManifest(this.at(run.id))?.checkpoints.best?.sha256;
      return best !== undefined && this.#evaluatedWeights(task.id) === best;
    }
    const manifest = readManifest(this.at(task.id));
    return manifest?.state === 'complete' && manifest.seed === task.seed && manifest.recipeHash === plan.recipes[task.recipe]?.hash;
  }

  /** sha256 of the checkpoint that an evaluation is of; null where there is no whole evaluation. */
  #evaluatedWeights(id: string): string | null {
    const file = this.at(id, 'metrics.json');
    if (!existsSync(file)) return null;
    try {
      return (JSON.parse(readFileSync(file, 'utf8')) as Partial<EvaluationMetrics>).checkpoint?.sha256 ?? null;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return null;
    }
  }

  async write(file: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await writeAtomic(file, content);
  }
}

/** What may lie in the folder before there is a plan: a lock, samples, what a kill left of a file. */
const OWN = /^(\.lock.*|data|recipes|plan\.json\..*|engine\.json.*|logs)$/;

/** In which words the plan that is there differs from the wanted one; null where it does not. */
function differenceOf(stored: ExperimentPlan, wanted: ExperimentPlan): string | null {
  const list = (values: readonly (string | number)[]): string => values.join(', ');
  const names = (plan: ExperimentPlan): string => list(plan.classes.map((entry) => entry.name));
  const differs = (what: string, is: string, asked: string): string | null => (is === asked ? null : `${what} ${is}, not ${asked}`);
  return (
    differs('budget', stored.budget, wanted.budget) ??
    differs('classes', names(stored), names(wanted)) ??
    differs('regimes', list(stored.regimes), list(wanted.regimes)) ??
    differs('seeds', list(stored.seeds), list(wanted.seeds)) ??
    (canonicalJson(stored.classes) === canonicalJson(wanted.classes) ? null : 'other images in its classes than there are now') ??
    (canonicalJson(stored) === canonicalJson(wanted) ? null : 'recipes of another version of this program')
  );
}
