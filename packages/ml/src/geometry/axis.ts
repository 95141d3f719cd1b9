/** How the samples of one output side are made of the samples of one input side: output i = Σ weight[k]·input[index[k]], k in [start[i], start[i+1]). */
export interface AxisWeights {
  readonly length: number;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

/** Fractional coverage: output i covers [i·s, (i+1)·s) of the input, s = from/to; the weights are the covered lengths, normalised. */
export function areaAxis(from: number, to: number): AxisWeights {
  const scale = from / to;
  const start = new Int32Array(to + 1);
  const index: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < to; i++) {
    const begin = i * scale;
    const end = Math.min((i + 1) * scale, from);
    for (let k = Math.floor(begin); k < Math.min(Math.ceil(end), from); k++) {
      const covered = Math.min(end, k + 1) - Math.max(begin, k);
      // A sliver left by rounding of i·s is no coverage.
      if (covered <= 1e-9) continue;
      index.push(k);
      weight.push(covered / scale);
    }
    start[i + 1] = index.length;
  }
  return { length: to, start, index: Int32Array.from(index), weight: Float64Array.from(weight) };
}

/** Half-pixel centres, no antialiasing: output i reads the input at (i+0.5)·s − 0.5, clamped to the image. */
export function bilinearAt(from: number, to: number, i: number): { index: readonly [number, number]; weight: readonly [number, number] } {
  const at = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
  const low = Math.min(Math.floor(at), from - 1);
  return { index: [low, Math.min(low + 1, from - 1)], weight: [1 - (at - low), at - low] };
}

/** `bilinearAt` of every output. */
export function bilinearAxis(from: number, to: number): AxisWeights {
  const start = new Int32Array(to + 1);
  const index = new Int32Array(2 * to);
  const weight = new Float64Array(2 * to);
  for (let i = 0; i < to; i++) {
    const read = bilinearAt(from, to, i);
    index.set(read.index, 2 * i);
    weight.set(read.weight, 2 * i);
    start[i + 1] = 2 * (i + 1);
  }
  return { length: to, start, index, weight };
}

/** Output i takes input floor((i+0.5)·s). */
export function nearestIndex(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to }, (_, i) => Math.min(Math.floor(((i + 0.5) * from) / to), from - 1));
}
