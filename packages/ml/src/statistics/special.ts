const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms; relative error near 1e-15). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const at = x - 1;
  const sum = lanczos.reduce((total, coefficient, i) => total + coefficient / (at + i + 1), 0.99999999999980993);
  const t = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum);
}

const smallest = 1e-300;
const precision = 1e-16;
const steps = 1000;

/** A continued fraction b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method. `term(i)` gives aᵢ and bᵢ for i ≥ 1. */
function continuedFraction(b0: number, term: (i: number) => readonly [number, number]): number {
  let value = b0 || smallest;
  let c = value;
  let d = 0;
  for (let i = 1; i <= steps; i++) {
    const [a, b] = term(i);
    d = 1 / (b + a * d || smallest);
    c = b + a / c || smallest;
    value *= c * d;
    if (Math.abs(c * d - 1) < precision) break;
  }
  return value;
}

/** Regularised upper incomplete gamma function Q(a, x): series below a + 1, continued fraction above. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x >= a + 1) return front / continuedFraction(x + 1 - a, (i) => [-i * (i - a), x + 2 * i + 1 - a]);
  let term = 1 / a;
  let sum = term;
  for (let i = 1; i <= steps && term > sum * precision; i++) {
    term *= x / (a + i);
    sum += term;
  }
  return 1 - front * sum;
}

/** Regularised incomplete beta function I_x(a, b), by its continued fraction on the side where that converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  const fraction = continuedFraction(1, (i) => {
    const m = Math.floor(i / 2);
    const above = i % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
    return [(above * x) / ((a + i - 1) * (a + i)), 1];
  });
  return front / (a * fraction);
}

/** P(Z ≤ z) of the standard normal distribution; keeps its relative precision in the lower tail. */
export function normalCdf(z: number): number {
  const tail = upperGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** P(X ≥ x) of the chi-square distribution. */
export function chiSquareTail(x: number, degrees: number): number {
  return upperGamma(degrees / 2, x / 2);
}

/** P(X ≥ x) of the F distribution. */
export function fTail(x: number, above: number, below: number): number {
  if (x <= 0) return 1;
  return incompleteBeta(below / (below + above * x), below / 2, above / 2);
}
