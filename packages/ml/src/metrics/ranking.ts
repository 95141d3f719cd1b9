import type { OperatingPoints } from './operating-points.ts';

/** A value, or null where it is not defined. */
export type Maybe = number | null;

/** Area under the ROC curve; ties count a half. Null without both kinds. */
export function rocAuc(points: OperatingPoints): Maybe {
  const { positives, negatives, truePositives, falsePositives, falsePositivesAbove } = points;
  if (positives === 0 || negatives === 0) return null;
  let sum = 0;
  for (let i = 0, before = 0; i < truePositives.length; i++) {
    const here = truePositives[i]! - before;
    sum += here * (negatives - (falsePositives[i]! + falsePositivesAbove[i]!) / 2);
    before = truePositives[i]!;
  }
  return sum / positives / negatives;
}

/** Σ (R_n − R_{n−1})·P_n over falling distinct thresholds (scikit-learn's average precision). Null without positives. */
export function averagePrecision(points: OperatingPoints): Maybe {
  if (points.positives === 0) return null;
  let sum = 0;
  for (let i = 0, before = 0; i < points.truePositives.length; i++) {
    const found = points.truePositives[i]!;
    sum += ((found - before) / points.positives) * (found / (found + points.falsePositives[i]!));
    before = found;
  }
  return sum;
}

/** Area under the precision–recall curve by trapezoids, from the anchor (recall 0, precision 1). Null without positives. */
export function prcTrapezoid(points: OperatingPoints): Maybe {
  if (points.positives === 0) return null;
  let sum = 0;
  for (let i = 0, before = 0; i < points.truePositives.length; i++) {
    const found = points.truePositives[i]!;
    // Negatives above this threshold have lowered the precision at the old recall. The anchor is kept only where nothing lies above:
    // otherwise the curve first falls at recall 0, which has no area.
    const above = before + points.falsePositivesAbove[i]!;
    const left = above === 0 ? 1 : before / above;
    sum += ((found - before) / points.positives) * 0.5 * (left + found / (found + points.falsePositives[i]!));
    before = found;
  }
  return sum;
}

export interface BestThreshold {
  readonly value: number;
  /** Defective is what scores at least this. */
  readonly threshold: number;
}

/** Highest F1 over all thresholds. IoU = F1/(2 − F1) peaks at the same one. Null without positives. */
export function bestF1(points: OperatingPoints): BestThreshold | null {
  if (points.positives === 0) return null;
  let value = -1;
  let threshold = NaN;
  for (let i = 0; i < points.truePositives.length; i++) {
    const found = points.truePositives[i]!;
    const f1 = (2 * found) / (points.positives + found + points.falsePositives[i]!);
    if (f1 > value) [value, threshold] = [f1, points.thresholds[i]!];
  }
  return { value, threshold };
}

/** Highest IoU = TP/(TP + FP + FN) over all thresholds: an oracle, since it looks at the labels it is judged by. Null without positives. */
export function bestIou(points: OperatingPoints): BestThreshold | null {
  const best = bestF1(points);
  return best && { value: best.value / (2 - best.value), threshold: best.threshold };
}

/**
 * Area under the per-region overlap over the false positive rate up to `limit`, divided by `limit` (AUPRO of MVTec AD). The curve starts at
 * (0,0) and is linear between distinct scores. Null without regions or without negatives.
 */
export function aupro(points: OperatingPoints, limit = 0.3): Maybe {
  const { positives, negatives, regionOverlap } = points;
  if (positives === 0 || negatives === 0 || !regionOverlap) return null;
  let area = 0;
  let [x, y] = [0, 0];
  /** Goes on to a point of the curve, or as far as the limit allows. */
  const advance = (toX: number, toY: number) => {
    if (x >= limit) return;
    const end = Math.min(toX, limit);
    const endY = toX > limit ? y + ((toY - y) * (limit - x)) / (toX - x) : toY;
    area += ((end - x) * (y + endY)) / 2;
    [x, y] = [end, endY];
  };
  for (let i = 0; i < regionOverlap.length && x < limit; i++) {
    advance(points.falsePositivesAbove[i]! / negatives, y);
    advance(points.falsePositives[i]! / negatives, regionOverlap[i]!);
  }
  advance(1, y);
  return area / limit;
}
