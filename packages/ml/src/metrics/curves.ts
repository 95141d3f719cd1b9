import type { OperatingPoints } from './operating-points.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** Defective is what scores at least this; null at a curve's artificial ends. */
  readonly threshold: number | null;
}

/**
 * At most `limit` points of a curve: first and last, and others at even steps of its length, so that steep parts keep their shape.
 * For display; areas are computed on the whole curve. Runs through the curve twice instead of keeping it.
 */
function thin(curve: () => Iterable<CurvePoint>, limit: number): CurvePoint[] {
  if (limit < 2) throw new RangeError(`a curve cannot be shown with ${limit} points; it needs at least 2`);
  let total = 0;
  let count = 0;
  let previous: CurvePoint | null = null;
  for (const point of curve()) {
    if (previous) total += Math.hypot(point.x - previous.x, point.y - previous.y);
    previous = point;
    count++;
  }
  if (count <= limit) return [...curve()];
  const step = total / (limit - 1);
  const kept: CurvePoint[] = [];
  let along = 0;
  let before: CurvePoint | null = null;
  for (const point of curve()) {
    if (before) along += Math.hypot(point.x - before.x, point.y - before.y);
    if (kept.length < limit - 1 && along >= kept.length * step) kept.push(point);
    before = point;
  }
  if (kept.at(-1) !== before) kept.push(before!);
  return kept;
}

/** Runs through the points where a curve bends, from the highest score down: just above each distinct positive score, and at it. */
function* corners(points: OperatingPoints): Generator<{ found: number; wrong: number; overlap: number; threshold: number | null }> {
  let [found, wrong, overlap] = [0, 0, 0];
  for (let i = 0; i < points.thresholds.length; i++) {
    const above = points.falsePositivesAbove[i]!;
    if (above > wrong) yield { found, wrong: above, overlap, threshold: null };
    found = points.truePositives[i]!;
    overlap = points.regionOverlap?.[i] ?? 0;
    wrong = points.falsePositives[i]!;
    yield { found, wrong, overlap, threshold: points.thresholds[i]! };
  }
}

/** A curve over the false positive rate, from (0,0) to (1,1). */
function overFalsePositiveRate(
  points: OperatingPoints,
  limit: number,
  height: (corner: { found: number; overlap: number }) => number,
): CurvePoint[] {
  const { negatives } = points;
  return thin(function* () {
    let x = 0;
    yield { x: 0, y: 0, threshold: null };
    for (const corner of corners(points)) {
      x = corner.wrong / negatives;
      yield { x, y: height(corner), threshold: corner.threshold };
    }
    if (x < 1) yield { x: 1, y: 1, threshold: null };
  }, limit);
}

/** ROC curve: x false positive rate, y true positive rate; empty where it is not defined. */
export function rocCurve(points: OperatingPoints, limit = 512): CurvePoint[] {
  if (points.positives === 0 || points.negatives === 0) return [];
  return overFalsePositiveRate(points, limit, ({ found }) => found / points.positives);
}

/** Per-region overlap curve: x false positive rate, y mean overlap of the regions; empty where it is not defined. */
export function proCurve(points: OperatingPoints, limit = 512): CurvePoint[] {
  if (points.positives === 0 || points.negatives === 0 || !points.regionOverlap) return [];
  return overFalsePositiveRate(points, limit, ({ overlap }) => overlap);
}

/** Precision–recall curve: x recall, y precision, from the anchor (0, 1); empty where it is not defined. */
export function prCurve(points: OperatingPoints, limit = 512): CurvePoint[] {
  if (points.positives === 0) return [];
  return thin(function* () {
    yield { x: 0, y: 1, threshold: null };
    for (const { found, wrong, threshold } of corners(points)) yield { x: found / points.positives, y: found / (found + wrong), threshold };
  }, limit);
}

export interface ScoreHistogram {
  /** Borders of the bins, one more than bins; the last bin includes its upper border. */
  readonly edges: readonly number[];
  readonly good: readonly number[];
  readonly defective: readonly number[];
}

/** Image scores of good and of defective images in common bins of one width. */
export function scoreHistogram(scores: readonly number[], defective: readonly boolean[], bins = 30): ScoreHistogram {
  const min = scores.reduce((a, b) => Math.min(a, b), Infinity);
  const max = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  if (scores.length === 0) return { edges: [], good: [], defective: [] };
  const width = (max - min || Math.abs(max) || 1) / bins;
  const [good, bad] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)];
  scores.forEach((score, i) => {
    const bin = Math.min(Math.floor((score - min) / width), bins - 1);
    const counts = defective[i] ? bad : good;
    counts[bin] = counts[bin]! + 1;
  });
  return { edges: Array.from({ length: bins + 1 }, (_, k) => min + k * width), good, defective: bad };
}
