import type { ExperimentPlan, PlannedTask } from '@plumbline/ml/experiment';
import { duration } from '../progress.ts';

/** The trainings and evaluations to come as a table for a person, with the time each is expected to take and the sum over `jobs` at once. Threads are those the experiment was begun with. */
export function overview(
  plan: ExperimentPlan,
  estimates: ReadonlyMap<string, number>,
  done: ReadonlySet<string>,
  { jobs, threads }: { readonly jobs: number; readonly threads: number },
): string[] {
  const rows = plan.tasks
    .filter((task) => task.kind !== 'evaluation')
    .map((task) => {
      const parts = plan.tasks.filter((other) => other === task || (other.kind === 'evaluation' && other.run === task.id));
      const open = parts.filter(({ id }) => !done.has(id));
      const seconds = open.reduce((sum, { id }) => sum + (estimates.get(id) ?? 0), 0);
      return [task.class, nameOf(task), `seed ${task.seed}`, work(task, plan), open.length === 0 ? 'done' : `≈ ${duration(seconds)}`];
    });
  const header = ['class', 'regime', 'seed', 'training', 'time'];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  const seconds = plan.tasks.reduce((sum, { id }) => sum + (done.has(id) ? 0 : (estimates.get(id) ?? 0)), 0);
  const open = plan.tasks.length - done.size;
  const sum = `${open} of ${plan.tasks.length} steps to do, evaluations included: about ${duration(seconds / jobs)}${jobs > 1 ? `, ${jobs} at once` : ''}; ${threads} ${threads === 1 ? 'thread' : 'threads'} each`;
  return [line(header), ...rows.map(line), sum];
}

const nameOf = (task: PlannedTask): string => (task.kind === 'orientation' ? 'localisation network' : task.regime);

function work(task: PlannedTask, plan: ExperimentPlan): string {
  const recipe = task.kind === 'evaluation' ? undefined : plan.recipes[task.recipe]?.recipe;
  if (!recipe) return '';
  const [patches, epochs] =
    task.kind === 'orientation'
      ? [recipe.orientation.patches, recipe.orientation.training.epochs]
      : [recipe.data.trainPatches, recipe.training.epochs];
  return `${patches ?? 'all'} patches × ${epochs} epochs`;
}
