/**
 * Ticks of a logarithmic axis: 1, 2 and 5 times powers of ten inside [low, high]; where fewer than three fit, every whole multiple of a power.
 * Both bounds must be above 0; otherwise there are none.
 */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high >= low)) return [];
  const within = (factors: readonly number[]) => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
      for (const factor of factors) {
        const tick = factor * 10 ** power;
        if (tick >= low && tick <= high) ticks.push(tick);
      }
    }
    return ticks;
  };
  const usual = within([1, 2, 5]);
  return usual.length >= 3 ? usual : within([1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]);
}
