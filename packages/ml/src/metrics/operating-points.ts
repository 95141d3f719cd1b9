/**
 * What every ranking metric is made of: the distinct scores of the positives, highest first, and how many of each kind lie there or above.
 * Negatives between two of these only move a curve sideways, so nothing is lost by counting them in between; this keeps memory at the
 * number of positives instead of all pixels. "At or above" is scikit-learn's rule: a threshold counts what equals it.
 */
export interface OperatingPoints {
  readonly thresholds: Float64Array;
  /** Positives with a score ≥ the threshold. */
  readonly truePositives: Float64Array;
  /** Negatives with a score ≥ the threshold. */
  readonly falsePositives: Float64Array;
  /** Negatives with a score > the threshold. */
  readonly falsePositivesAbove: Float64Array;
  /** Mean share of each region's pixels with a score ≥ the threshold; null where regions are not known. */
  readonly regionOverlap: Float64Array | null;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Operating points of a few scores, e.g. one an image, in float64.
 * @param positive whether each score belongs to a defect
 */
export function pointsOfScores(scores: readonly number[], positive: readonly boolean[]): OperatingPoints {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const points: { threshold: number; tp: number; fp: number; fpAbove: number }[] = [];
  let tp = 0;
  let fp = 0;
  for (let i = 0; i < order.length;) {
    // Adding 0 makes −0 an ordinary one.
    const threshold = scores[order[i]!]! + 0;
    const [tpAbove, fpAbove] = [tp, fp];
    for (; i < order.length && scores[order[i]!] === threshold; i++) {
      if (positive[order[i]!]) tp++;
      else fp++;
    }
    if (tp > tpAbove) points.push({ threshold, tp, fp, fpAbove });
  }
  return {
    thresholds: Float64Array.from(points, (point) => point.threshold),
    truePositives: Float64Array.from(points, (point) => point.tp),
    falsePositives: Float64Array.from(points, (point) => point.fp),
    falsePositivesAbove: Float64Array.from(points, (point) => point.fpAbove),
    regionOverlap: null,
    positives: tp,
    negatives: fp,
  };
}
