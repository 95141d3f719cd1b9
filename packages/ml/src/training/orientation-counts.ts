/** Bins of a histogram of α: 5° each, from 0 to 180°. */
const BINS = 36;

/** How many angles (radians) fall into each bin modulo 180°. */
export function orientationCounts(angles: Float64Array): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const angle of angles) {
    const turn = angle / Math.PI;
    const bin = Math.min(BINS - 1, Math.floor((turn - Math.floor(turn)) * BINS));
    counts[bin]! += 1;
  }
  return counts;
}
