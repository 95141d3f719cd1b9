export interface Comparable {
  readonly id: string;
  readonly variantId: string;
  readonly variantName: string;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly experimentId?: string | null;
  readonly seed: number;
}

export const ways = ['variants', 'experiments', 'evaluations'] as const;
export type Way = (typeof ways)[number];

/** What is chosen, by its names in the address; ids separated by commas. */
export interface Choice {
  readonly way: Way;
  readonly variants: readonly string[];
  readonly datasets: readonly string[];
  readonly experiments: readonly string[];
  readonly evaluations: readonly string[];
}

/** The evaluations that the choice stands for, of those that runs brought about. By hand they are the choice itself. */
export function chosenEvaluations(
  comparable: readonly Comparable[],
  { way, variants, datasets, experiments, evaluations }: Choice,
): readonly string[] {
  if (way === 'evaluations') return evaluations;
  const among = (chosen: readonly string[], id: string): boolean => chosen.length === 0 || chosen.includes(id);
  const found = comparable.filter((one) =>
    way === 'experiments'
      ? one.experimentId && experiments.includes(one.experimentId)
      : variants.includes(one.variantId) && among(datasets, one.datasetId),
  );
  return found.map(({ id }) => id);
}

/** The rest of the address of the comparison: it says what was chosen, so that newer evaluations come into it by themselves. */
export function viewQuery({ way, variants, datasets, experiments, evaluations }: Choice): string {
  const list = (name: string, ids: readonly string[]): string[] => (ids.length === 0 ? [] : [`${name}=${ids.join(',')}`]);
  if (way === 'evaluations') return list('evaluations', evaluations).join('&');
  if (way === 'experiments') return list('experiments', experiments).join('&');
  return [...list('variants', variants), ...list('datasets', datasets)].join('&');
}

/** Everything of one kind with how many evaluations it has, in the order of their first appearance. */
export function counted<Id extends 'variantId' | 'datasetId'>(
  comparable: readonly Comparable[],
  id: Id,
  name: 'variantName' | 'datasetName',
): { readonly id: string; readonly name: string; readonly count: number }[] {
  const found = new Map<string, { id: string; name: string; count: number }>();
  for (const one of comparable) {
    const known = found.get(one[id]) ?? { id: one[id], name: one[name], count: 0 };
    known.count += 1;
    found.set(one[id], known);
  }
  return [...found.values()];
}
