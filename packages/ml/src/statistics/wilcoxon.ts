import { midRanks } from './ranks.ts';
import { normalCdf } from './special.ts';

/**
 * What becomes of differences that are zero: dropped before ranking (`wilcox`), ranked and then dropped (`pratt`), or ranked and halved between both
 * sides (`zsplit`). Comparisons use `wilcox`; the others are held against reference values, so that a result from elsewhere can be recounted.
 */
export type ZeroMethod = 'wilcox' | 'pratt' | 'zsplit';

export interface Wilcoxon {
  /** Differences, and those of them that are zero. */
  readonly differences: number;
  readonly zeros: number;
  /** Rank sums of the positive and the negative differences, and the smaller of them. */
  readonly wPlus: number;
  readonly wMinus: number;
  readonly statistic: number;
  /** Two-sided, over all sign flips of the differences that are not zero; null beyond `exactLimit` of them. */
  readonly pExact: number | null;
  /** Two-sided, by the normal approximation with tie correction and without continuity correction; null where every difference is zero. */
  readonly pNormal: number | null;
  /** The lowest pExact that so many differences can reach, 2/2^n: 0.0625 with five. */
  readonly smallestP: number;
}

/** Most non-zero differences that the exact distribution is computed for: the work grows with the cube of their number. */
const exactLimit = 200;

/**
 * Wilcoxon's signed-rank test of paired differences, two-sided, with mid-ranks for ties (Wilcoxon 1945; zeros by Pratt 1959).
 * @param differences x − y of each pair; only exactly equal magnitudes tie
 * @throws RangeError for a difference that is not finite
 */
export function wilcoxonSignedRank(differences: readonly number[], zeroMethod: ZeroMethod = 'wilcox'): Wilcoxon {
  if (!differences.every(Number.isFinite)) throw new RangeError('a difference is not a finite number; it cannot be ranked');
  const ranked = zeroMethod === 'wilcox' ? differences.filter((difference) => difference !== 0) : differences;
  const ranks = midRanks(ranked.map(Math.abs));
  const rankSum = (side: (difference: number) => boolean): number =>
    ranked.reduce((sum, difference, i) => sum + (side(difference) ? ranks[i]! : 0), 0);
  const half = zeroMethod === 'zsplit' ? rankSum((difference) => difference === 0) / 2 : 0;
  const positive = rankSum((difference) => difference > 0);
  const wPlus = positive + half;
  const wMinus = rankSum((difference) => difference < 0) + half;
  const flipped = ranks.filter((_, i) => ranked[i] !== 0);
  const statistic = Math.min(wPlus, wMinus);
  return {
    differences: differences.length,
    zeros: differences.filter((difference) => difference === 0).length,
    wPlus,
    wMinus,
    statistic,
    pExact: flipped.length > exactLimit ? null : exactP(flipped, positive),
    pNormal: normalP(statistic, ranks, flipped, zeroMethod),
    smallestP: smallestExactP(flipped.length),
  };
}

/** The lowest two-sided p-value that n differences other than zero can reach: 2/2^n, and 1 without any. */
export function smallestExactP(n: number): number {
  return Math.min(1, 2 ** (1 - n));
}

/**
 * 2·min(P(W⁺ ≤ w⁺), P(W⁺ ≥ w⁺)), at most 1, where every rank takes either sign with probability one half. The distribution of the sum
 * grows rank by rank; ranks are doubled, so that mid-ranks are whole numbers too.
 */
function exactP(ranks: readonly number[], wPlus: number): number {
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--) probability[sum] = (probability[sum]! + (sum >= rank ? probability[sum - rank]! : 0)) / 2;
  }
  const at = Math.round(2 * wPlus);
  const below = probability.subarray(0, at + 1).reduce((sum, p) => sum + p, 0);
  const above = probability.subarray(at).reduce((sum, p) => sum + p, 0);
  return Math.min(1, 2 * Math.min(below, above));
}

/** By the statistic's mean and variance; zeros that were ranked and dropped are taken out of both (Cureton 1967). */
function normalP(statistic: number, ranks: readonly number[], flipped: readonly number[], zeroMethod: ZeroMethod): number | null {
  if (flipped.length === 0) return null;
  const n = ranks.length;
  const dropped = zeroMethod === 'pratt' ? n - flipped.length : 0;
  const centre = (n * (n + 1) - dropped * (dropped + 1)) / 4;
  const variance24 = n * (n + 1) * (2 * n + 1) - dropped * (dropped + 1) * (2 * dropped + 1);
  const ties = new Map<number, number>();
  for (const rank of zeroMethod === 'pratt' ? flipped : ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const tied = [...ties.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
  return Math.min(1, 2 * normalCdf((statistic - centre) / Math.sqrt((variance24 - tied / 2) / 24)));
}
