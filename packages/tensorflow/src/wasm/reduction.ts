/** Neighbouring dimensions that are all summed over, or all kept, as one. */
export interface Run {
  readonly size: number;
  readonly summed: boolean;
}

/** The shape with neighbouring dimensions of one kind taken together; dimensions of size 1 vanish. */
export function runsOf(shape: readonly number[], axes: readonly number[]): Run[] {
  const runs: Run[] = [];
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const summed = axes.includes(axis);
    const last = runs.at(-1);
    if (last && last.summed === summed) runs[runs.length - 1] = { size: last.size * size, summed };
    else runs.push({ size, summed });
  });
  return runs;
}

/**
 * Sums an array over some of its dimensions in double precision.
 * The backend adds up in float32 one by one, which over millions of values loses the fourth digit.
 * @param values row-major values of the runs' sizes
 * @returns the sums, row-major over the kept runs
 */
export function sumRuns(values: ArrayLike<number>, runs: readonly Run[]): Float64Array {
  const kept = runs.filter((run) => !run.summed).reduce((size, run) => size * run.size, 1);
  const sums = new Float64Array(kept);
  const blocks = runs.map((_, i) => runs.slice(i + 1).reduce((size, run) => size * run.size, 1));
  const keptBlocks = runs.map((_, i) => runs.slice(i + 1).reduce((size, run) => size * (run.summed ? 1 : run.size), 1));
  const last = runs.length - 1;

  const visit = (level: number, from: number, to: number): void => {
    const run = runs[level];
    if (!run) {
      sums[to] = (sums[to] ?? 0) + (values[from] ?? 0);
    } else if (level < last) {
      const block = blocks[level] ?? 1;
      const step = run.summed ? 0 : (keptBlocks[level] ?? 1);
      for (let i = 0; i < run.size; i++) visit(level + 1, from + i * block, to + i * step);
    } else if (run.summed) {
      let sum = 0;
      for (let i = 0; i < run.size; i++) sum += values[from + i] as number;
      sums[to] = (sums[to] as number) + sum;
    } else {
      for (let i = 0; i < run.size; i++) sums[to + i] = (sums[to + i] as number) + (values[from + i] as number);
    }
  };
  visit(0, 0, 0);
  return sums;
}
