/** θ, row by row: output position (x, y, 1) ↦ input position, both measured from the frame's centre, x to the right, y down. */
export type Affine = readonly [number, number, number, number, number, number];

/** θ of a rotation by `alpha` radians, without translation or scale (Rádli & Czúni 2022, Eq. 8). */
export function thetaOf(alpha: number): Affine {
  const cos = Math.cos(alpha);
  const sin = Math.sin(alpha);
  return [cos, -sin, 0, sin, cos, 0];
}

/**
 * θ⁻¹: θ completed by the row [0, 0, 1], inverted, and that row cut off again (Section 4). Turning by θ and then by θ⁻¹ gives the picture back
 * but for what interpolation took.
 * @throws RangeError where θ maps the plane onto a line or a point
 */
export function inverseTheta([a, b, tx, c, d, ty]: Affine): Affine {
  const determinant = a * d - b * c;
  if (!Number.isFinite(1 / determinant)) throw new RangeError('this θ has no inverse: its determinant is 0 or not a number');
  return [
    d / determinant,
    -b / determinant,
    (b * ty - d * tx) / determinant,
    -c / determinant,
    a / determinant,
    (c * tx - a * ty) / determinant,
  ];
}

/** The angle in [0, period). */
function wrap(alpha: number, period: number): number {
  const rest = alpha % period;
  // A tiny negative rest plus the period rounds to the period itself.
  const wrapped = rest < 0 ? rest + period : rest;
  return wrapped < period ? wrapped + 0 : 0;
}

/** The angle in [0, 2π) radians: a whole turn is the same picture. */
export function wrapTurn(alpha: number): number {
  return wrap(alpha, 2 * Math.PI);
}

/** A turn as it is stored: degrees to the hundredth in [0, 360). The half turn that no orientation tells is what an autoencoder sees. */
export function turnInDegrees(alpha: number): number {
  return (Math.round((wrapTurn(alpha) * 18_000) / Math.PI) % 36_000) / 100;
}

/** The angle in [0, π) radians: J has period 180°, so an orientation is defined modulo 180°. */
export function wrapHalfTurn(alpha: number): number {
  return wrap(alpha, Math.PI);
}

/** a − b as orientations, modulo 180°: the representative in [−π/2, π/2) radians. */
export function orientationDifference(a: number, b: number): number {
  return wrapHalfTurn(a - b + Math.PI / 2) - Math.PI / 2;
}
