import type { Column, Placed } from './columns.ts';
import { pixelsOf, type MetricChoice } from './metrics.ts';

interface SeedsOfClass {
  readonly name: string;
  readonly seeds: readonly (readonly number[])[];
}

/** What a reader of a comparison must know beside its numbers, in sentences. */
export function notesOf(
  columns: readonly Column[],
  classes: readonly SeedsOfClass[],
  placed: readonly Placed[],
  choice: MetricChoice,
): string[] {
  const several = columns.filter(({ recipeHashes }) => recipeHashes.length > 1);
  const uneven = classes.filter(({ seeds }) => new Set(seeds.map(String)).size > 1);
  const same = columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b) => (String(a.recipeHashes) === String(b.recipeHashes) ? [[a, b] as const] : [])),
  );
  const single = classes.some(({ seeds }) => seeds.some(({ length }) => length === 1));
  const classesWhere = (differs: (group: readonly Placed[]) => boolean): SeedsOfClass[] =>
    classes.filter(({ name }) => differs(placed.filter(({ metrics }) => metrics.class === name)));
  const otherTraining = classesWhere((group) => severalStated(group, ({ metrics }) => metrics.dataHash));
  const otherPixels = classesWhere((group) =>
    severalStated(group, ({ metrics }) => pixelsOf(metrics, 'ssim', choice)?.prevalence?.toPrecision(10)),
  );
  return [
    ...several.map(({ title }) => `${title} is not one recipe in all classes (another hash under the same name).`),
    ...same.map(([a, b]) => `${a.title} and ${b.title} are one recipe under two names (the same hash).`),
    ...uneven.map(
      ({ name }) =>
        `${name} was not evaluated with the same seeds in every variant; means are over different seeds, differences over those that pair.`,
    ),
    ...otherTraining.map(
      ({ name }) => `The variants of ${name} were not all trained on the same data: a difference may come from the data.`,
    ),
    ...otherPixels.map(
      ({ name }) =>
        `The evaluations of ${name} do not count the same pixels of patches by SSIM (its window differs); the prevalence is that of the first.`,
    ),
    ...(severalStated(placed, ({ metrics }) => metrics.mode)
      ? ['Some evaluations rank pixels exactly and some by histogram: a difference within the bounds in their metrics.json says nothing.']
      : []),
    ...(single ? ['One seed says nothing about spread: a difference may be chance.'] : []),
  ];
}

/** Whether the evaluations that state something state different things. */
function severalStated(group: readonly Placed[], of: (evaluation: Placed) => string | null | undefined): boolean {
  return new Set(group.map(of).filter((value) => value !== null && value !== undefined)).size > 1;
}
