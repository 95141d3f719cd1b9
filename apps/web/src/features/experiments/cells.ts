/** A run as the matrix needs it. */
export interface CellRun {
  readonly id: string;
  readonly kind: 'orientation' | 'reconstruction';
  readonly seed: number;
  readonly createdAt: string;
  readonly variant: { readonly id: string; readonly name: string };
  readonly datasetVersion: {
    readonly id: string;
    readonly number: number;
    readonly dataset: { readonly id: string; readonly name: string };
  };
}

/** One variant on one dataset version: its newest run of each seed. */
export interface MatrixRow<Run extends CellRun> {
  readonly key: string;
  readonly variant: Run['variant'];
  readonly bySeed: ReadonlyMap<number, { readonly run: Run; readonly earlier: number }>;
}

export interface MatrixBlock<Run extends CellRun> {
  readonly version: Run['datasetVersion'];
  readonly rows: readonly MatrixRow<Run>[];
}

export interface Matrix<Run extends CellRun> {
  readonly seeds: readonly number[];
  readonly blocks: readonly MatrixBlock<Run>[];
  /** Trainings of localisation networks that the others share, the newest of each. */
  readonly orientations: readonly Run[];
}

/** Runs as variant × seed, one block a dataset version, in the order of their making. Of a combination that was retried its newest run counts. */
export function matrixOf<Run extends CellRun>(runs: readonly Run[]): Matrix<Run> {
  const blocks = new Map<
    string,
    { version: Run['datasetVersion']; rows: Map<string, MatrixRow<Run> & { bySeed: Map<number, { run: Run; earlier: number }> }> }
  >();
  const seeds = new Set<number>();
  const orientations = new Map<string, Run>();
  for (const run of runs.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))) {
    const { variant, datasetVersion: version, seed } = run;
    if (run.kind === 'orientation') {
      orientations.set(`${variant.id} ${version.id} ${seed}`, run);
      continue;
    }
    seeds.add(seed);
    const block = blocks.get(version.id) ?? { version, rows: new Map() };
    blocks.set(version.id, block);
    const row = block.rows.get(variant.id) ?? { key: `${version.id} ${variant.id}`, variant, bySeed: new Map() };
    block.rows.set(variant.id, row);
    const known = row.bySeed.get(seed);
    row.bySeed.set(seed, { run, earlier: known ? known.earlier + 1 : 0 });
  }
  return {
    seeds: [...seeds].sort((a, b) => a - b),
    blocks: [...blocks.values()].map(({ version, rows }) => ({ version, rows: [...rows.values()] })),
    orientations: [...orientations.values()],
  };
}
