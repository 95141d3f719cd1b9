export interface RunLoss {
  readonly id: string;
  /** Losses compare only within it: a dataset and a kind of training. */
  readonly group: string;
  readonly loss: number | null;
}

/** The runs with the lowest loss of their group, ties included; a group of one has no best. */
export function bestRuns(runs: readonly RunLoss[]): ReadonlySet<string> {
  const groups = new Map<string, RunLoss[]>();
  for (const run of runs)
    if (run.loss !== null && Number.isFinite(run.loss)) groups.set(run.group, [...(groups.get(run.group) ?? []), run]);
  const best = new Set<string>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const low = Math.min(...group.map((run) => run.loss ?? Number.POSITIVE_INFINITY));
    for (const run of group) if (run.loss === low) best.add(run.id);
  }
  return best;
}
