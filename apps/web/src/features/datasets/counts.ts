export interface SplitLabelCount {
  readonly split: 'train' | 'validation' | 'test';
  readonly label: string;
  readonly count: number;
}

/** Images per split. */
export function splitCounts(counts: readonly SplitLabelCount[]): Record<SplitLabelCount['split'], number> {
  const sums = { train: 0, validation: 0, test: 0 };
  for (const one of counts) sums[one.split] += one.count;
  return sums;
}

/** Good images per split. */
export function goodCounts(counts: readonly SplitLabelCount[]): Record<SplitLabelCount['split'], number> {
  return splitCounts(counts.filter(({ label }) => label === 'good'));
}

/** The labels that are defects, in the order in which they are counted. */
export function defectsOf(counts: readonly Pick<SplitLabelCount, 'label'>[]): string[] {
  return [...new Set(counts.map(({ label }) => label))].filter((label) => label !== 'good');
}

/** Images per label within a split (all splits for null): good first, then defects by name. */
export function labelCounts(
  counts: readonly SplitLabelCount[],
  split: SplitLabelCount['split'] | null,
): { label: string; count: number }[] {
  const sums = new Map<string, number>();
  for (const one of counts) if (split === null || one.split === split) sums.set(one.label, (sums.get(one.label) ?? 0) + one.count);
  return [...sums]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => Number(b.label === 'good') - Number(a.label === 'good') || a.label.localeCompare(b.label));
}
