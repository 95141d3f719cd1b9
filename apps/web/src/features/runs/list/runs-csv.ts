import { csvOf, csvText } from '#web/lib/csv.ts';
import { secondsBetween } from '#web/lib/time.ts';
import { stateWord } from '../run-states.ts';
import { columns, type ColumnKey } from './columns.ts';
import type { ListedRun } from './listed-run.ts';

const number = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

/** What a cell holds in the file: numbers in full, times as ISO 8601. More than one where a cell on screen has two things. */
const cells: Readonly<Record<ColumnKey, (run: ListedRun, now: number) => Readonly<Record<string, string>>>> = {
  state: (run) => ({ state: stateWord(run) }),
  variant: (run) => ({ variant: csvText(run.variant.name) }),
  dataset: ({ datasetVersion }) => ({ dataset: csvText(datasetVersion.dataset.name), version: number(datasetVersion.number) }),
  recipe: ({ recipe }) => ({ recipe: csvText(recipe.name), recipe_hash: recipe.hash }),
  kind: ({ kind }) => ({ kind }),
  experiment: ({ experiment }) => ({ experiment: csvText(experiment?.name ?? '') }),
  seed: ({ seed }) => ({ seed: number(seed) }),
  priority: ({ priority }) => ({ priority: number(priority) }),
  epoch: ({ epoch, epochs }) => ({ epoch: number(epoch), epochs: number(epochs) }),
  trainLoss: ({ trainLoss }) => ({ training_loss: number(trainLoss) }),
  validationLoss: ({ validationLoss }) => ({ validation_loss: number(validationLoss) }),
  speed: ({ imagesPerSecond }) => ({ patches_per_second: number(imagesPerSecond) }),
  duration: ({ startedAt, finishedAt }, now) => ({ duration_seconds: number(secondsBetween(startedAt, finishedAt, now)) }),
  queued: ({ createdAt }) => ({ queued: createdAt }),
  started: ({ startedAt }) => ({ started: startedAt ?? '' }),
  finished: ({ finishedAt }) => ({ finished: finishedAt ?? '' }),
  worker: ({ worker }) => ({ worker: csvText(worker?.name ?? '') }),
  reason: ({ reason }) => ({ reason: csvText(reason ?? '') }),
  person: ({ createdBy }) => ({ by: csvText(createdBy?.name ?? 'Plumbline') }),
};

/** The runs with the columns shown, and their ids first. @param now ms, the end of what still runs */
export function runsCsv(runs: readonly ListedRun[], shown: readonly ColumnKey[], now: number): string {
  const keys = columns.map(({ key }) => key).filter((key) => shown.includes(key));
  const rows = runs.map((run) => Object.assign({ id: run.id }, ...keys.map((key) => cells[key](run, now))) as Record<string, string>);
  const heads = rows[0] ? Object.keys(rows[0]) : ['id', ...keys];
  return csvOf([heads, ...rows.map((row) => heads.map((head) => row[head] ?? ''))]);
}
