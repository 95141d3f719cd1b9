import { normalCdf } from './special.ts';

/** Trapezoids over a smooth integrand that vanishes at both ends are exact to rounding at this step. */
const step = 1 / 16;

/** P(range of k independent standard normal values ≤ q): the studentised range with infinitely many degrees of freedom. */
function rangeCdf(q: number, k: number): number {
  if (q <= 0) return 0;
  let sum = 0;
  for (let z = -9; z <= 9 + q; z += step) sum += Math.exp((-z * z) / 2) * (normalCdf(z) - normalCdf(z - q)) ** (k - 1);
  return (k * step * sum) / Math.sqrt(2 * Math.PI);
}

/** Quantile of the studentised range of k means at infinite degrees of freedom, divided by √2 (Demšar 2006, Table 5). */
export function nemenyiQuantile(k: number, alpha: number): number {
  if (!(Number.isInteger(k) && k >= 2)) throw new RangeError(`${k} methods cannot be compared; there must be at least 2`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`a level of ${alpha} does not exist; it must lie between 0 and 1`);
  let [low, high] = [0, 1];
  while (rangeCdf(high, k) < 1 - alpha) [low, high] = [high, 2 * high];
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (rangeCdf(middle, k) < 1 - alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2 / Math.SQRT2;
}

/**
 * Nemenyi's critical difference: methods whose average ranks lie at least so far apart differ at the level `alpha`.
 * @param k methods; @param n rows their ranks were averaged over
 */
export function nemenyiCriticalDifference(k: number, n: number, alpha = 0.05): number {
  return nemenyiQuantile(k, alpha) * Math.sqrt((k * (k + 1)) / (6 * n));
}
