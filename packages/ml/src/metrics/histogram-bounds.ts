import type { HistogramBin } from './pixel-histogram.ts';

/** Between these the exact value lies: [lowest, highest]. */
export type Bound = readonly [number, number];

export interface HistogramBounds {
  readonly rocAuc?: Bound;
  readonly averagePrecision?: Bound;
  readonly prcTrapezoid?: Bound;
  readonly f1Max?: Bound;
  readonly iouBestOracle?: Bound;
  readonly aupro30?: Bound;
}

const share = (part: number, rest: number): number => (part + rest === 0 ? 1 : part / (part + rest));
const clamped = (low: number, high: number): Bound => [Math.max(0, low), Math.min(1, high)];
const iouOfF1 = (f1: number): number => f1 / (2 - f1);

/**
 * How far the exact metrics can be from a histogram's, whatever the order inside its bins: each bin's pixels are taken in the worst and in the best order.
 * Rigorous, not estimated. In a bin with p positives and n negatives, T and F of which lie above it:
 * - ROC-AUC: its p·n pairs count 0 or 1.
 * - AP: the j-th positive has a precision of at least (T + j)/(T + j + F + n), negatives first, and at most (T + p)/(T + p + F), all positives tied before
 *   the negatives. Σ_j 1/(m + j) ≤ ln((m + p + ½)/(m + ½)) gives the first sum without running through the positives.
 * - PRC by trapezoids: the same for the right end; the left end has at least T/(T + F + n) and at most (T + p)/(T + p + F).
 * - F1 and IoU: reached at the bins' lower ends; inside none exceeds all positives without a negative.
 * - AUPRO: the curve crosses the bin's box inside it: along its lower or its upper side at worst.
 * @param bins the highest scores first
 */
export function boundsOf(bins: readonly HistogramBin[], limit = 0.3): HistogramBounds {
  const positives = bins.reduce((sum, bin) => sum + bin.positives, 0);
  const negatives = bins.reduce((sum, bin) => sum + bin.negatives, 0);
  if (positives === 0) return {};
  let [above, falseAbove, overlap] = [0, 0, 0];
  const roc = { low: 0, high: 0 };
  const right = { low: 0, high: 0 };
  const left = { low: 0, high: 0 };
  const f1 = { low: 0, high: 0 };
  const pro = { low: 0, high: 0 };
  for (const bin of bins) {
    const [p, n] = [bin.positives, bin.negatives];
    const [found, wrong] = [above + p, falseAbove + n];
    roc.low += p * (negatives - wrong);
    roc.high += p * (negatives - falseAbove);
    if (p > 0) {
      const least = wrong === 0 ? p : p - wrong * Math.log((found + wrong + 0.5) / (above + wrong + 0.5));
      const most = share(found, falseAbove);
      right.low += Math.max(least, 0);
      right.high += p * most;
      left.low += p * share(above, wrong);
      left.high += p * most;
      f1.low = Math.max(f1.low, (2 * found) / (positives + found + wrong));
      f1.high = Math.max(f1.high, (2 * found) / (positives + found + falseAbove));
    }
    if (negatives > 0) {
      const width = Math.max(Math.min(wrong / negatives, limit) - Math.min(falseAbove / negatives, limit), 0);
      pro.low += width * overlap;
      pro.high += width * (overlap + bin.overlap);
    }
    [above, falseAbove, overlap] = [found, wrong, overlap + bin.overlap];
  }
  const trapezoid = clamped((left.low + right.low) / 2 / positives, (left.high + right.high) / 2 / positives);
  return {
    ...(negatives > 0 ? { rocAuc: clamped(roc.low / positives / negatives, roc.high / positives / negatives) } : {}),
    averagePrecision: clamped(right.low / positives, right.high / positives),
    prcTrapezoid: trapezoid,
    f1Max: clamped(f1.low, f1.high),
    iouBestOracle: clamped(iouOfF1(f1.low), iouOfF1(f1.high)),
    ...(negatives > 0 ? { aupro30: clamped(pro.low / limit, pro.high / limit) } : {}),
  };
}
