/**
 * The values at which pixels are counted: 0 and every number of three significant digits from 0.001 to 99,900, whatever the measure, and the few others
 * asked for. At these a count by bins equals a count of the pixels themselves.
 */
export class ThresholdEdges {
  /** Ascending; the first is −∞. Bin k holds the values from edge k up to, and without, edge k + 1. */
  readonly values: Float64Array;
  /** By the upper 16 bits of a positive float32: the bin of the smallest value that has them. */
  readonly #first: Uint16Array;

  /** @param others further thresholds, such as a fitted one; any finite numbers */
  constructor(others: readonly number[] = []) {
    const edges = new Set([-Infinity, 0, ...others.filter(Number.isFinite)]);
    for (let exponent = -5; exponent <= 2; exponent++)
      for (let digits = 100; digits < 1000; digits++) edges.add(Number(`${digits}e${exponent}`));
    this.values = Float64Array.from(edges).sort();
    this.#first = new Uint16Array(1 << 15);
    const value = new Float32Array(1);
    const bits = new Uint32Array(value.buffer);
    for (let key = 0, bin = 0; key < this.#first.length; key++) {
      bits[0] = key * 65536;
      while (bin + 1 < this.values.length && value[0]! >= this.values[bin + 1]!) bin++;
      this.#first[key] = bin;
    }
  }

  get bins(): number {
    return this.values.length;
  }

  /** Bin of every value. NaN falls into the last. */
  binsOf(data: Float32Array): Uint16Array {
    const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
    const edges = this.values;
    const last = edges.length - 1;
    const bins = new Uint16Array(data.length);
    for (let i = 0; i < data.length; i++) {
      const key = bits[i]! >>> 16;
      // Below 0 hardly anything lies; from the first edge on.
      let bin = key < 32768 ? this.#first[key]! : 0;
      const value = data[i]!;
      while (bin < last && value >= edges[bin + 1]!) bin++;
      bins[i] = bin;
    }
    return bins;
  }

  /** The bin that begins at this threshold; null where none does, so that a count by bins would not be exact. */
  at(threshold: number): number | null {
    let [low, high] = [0, this.values.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.values[middle]! < threshold) low = middle + 1;
      else high = middle;
    }
    return this.values[low] === threshold ? low : null;
  }
}

/** The threshold of three significant digits next to a value: what sliders move in. */
export const onEdge = (value: number): number => (value > 0 ? Number(Math.min(99_900, Math.max(0.001, value)).toPrecision(3)) : 0);

/** Where a slider that stands at `from` goes when it is moved to `to`: the edge next to it, and another one than before however short the way. */
export function edgeToward(from: number, to: number): number {
  const edge = onEdge(to);
  if (edge !== from || to === from || edge === 0) return edge;
  const unit = 10 ** (Math.floor(Math.log10(edge)) - 2);
  return onEdge(edge + Math.sign(to - from) * unit);
}
