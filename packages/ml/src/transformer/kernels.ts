import type { ReadPositions } from './read-positions.ts';

/** Writes the picture read at the positions into `out` from `at`: out = Σ weight · neighbour, 0 where there is no position. */
export function read(framed: Float32Array, positions: ReadPositions, channels: 1 | 3, out: Float32Array, at: number): void {
  const { first, end, coordinate } = positions;
  const side = coordinate.length;
  const row = channels === 1 ? readGrey : readColour;
  for (let y = 0; y < side; y++) {
    const k = y * side;
    const to = at + k * channels;
    const [from, until] = [first[y]!, end[y]!];
    out.fill(0, to, to + from * channels);
    row(framed, positions, k + from, k + until, out, at);
    out.fill(0, to + until * channels, to + side * channels);
  }
}

function readGrey(
  p: Float32Array,
  { index, right, below, coordinate }: ReadPositions,
  from: number,
  until: number,
  out: Float32Array,
  at: number,
): void {
  const line = coordinate.length + 2;
  for (let k = from; k < until; k++) {
    const i = index[k]!;
    const u = right[k]!;
    const left = p[i]!;
    const top = left + u * (p[i + 1]! - left);
    const lowerLeft = p[i + line]!;
    const bottom = lowerLeft + u * (p[i + line + 1]! - lowerLeft);
    out[at + k] = top + below[k]! * (bottom - top);
  }
}

function readColour(
  p: Float32Array,
  { index, right, below, coordinate }: ReadPositions,
  from: number,
  until: number,
  out: Float32Array,
  at: number,
): void {
  const line = 3 * (coordinate.length + 2);
  for (let k = from, o = at + 3 * from; k < until; k++, o += 3) {
    const i = 3 * index[k]!;
    const j = i + line;
    const u = right[k]!;
    const v = below[k]!;
    const top0 = p[i]! + u * (p[i + 3]! - p[i]!);
    const top1 = p[i + 1]! + u * (p[i + 4]! - p[i + 1]!);
    const top2 = p[i + 2]! + u * (p[i + 5]! - p[i + 2]!);
    out[o] = top0 + v * (p[j]! + u * (p[j + 3]! - p[j]!) - top0);
    out[o + 1] = top1 + v * (p[j + 1]! + u * (p[j + 4]! - p[j + 1]!) - top1);
    out[o + 2] = top2 + v * (p[j + 2]! + u * (p[j + 5]! - p[j + 2]!) - top2);
  }
}

/** Adds each value of `dy` (from `at`) that has a position to the neighbours it was read from, by their weights: the adjoint of `read`. */
export function spread(dy: Float32Array, at: number, positions: ReadPositions, channels: 1 | 3, framed: Float64Array): void {
  const { index, right, below, first, end, coordinate } = positions;
  const side = coordinate.length;
  const step = channels;
  const line = channels * (side + 2);
  for (let y = 0; y < side; y++)
    for (let x = first[y]!, k = y * side + x, o = at + k * channels; x < end[y]!; x++, k++) {
      const u = right[k]!;
      const v = below[k]!;
      const lowerRight = u * v;
      const upperRight = u - lowerRight;
      const lowerLeft = v - lowerRight;
      const upperLeft = 1 - u - lowerLeft;
      for (let c = 0, i = channels * index[k]!; c < channels; c++, i++, o++) {
        const value = dy[o]!;
        framed[i] = framed[i]! + upperLeft * value;
        framed[i + step] = framed[i + step]! + upperRight * value;
        framed[i + line] = framed[i + line]! + lowerLeft * value;
        framed[i + line + step] = framed[i + line + step]! + lowerRight * value;
      }
    }
}

/**
 * d(Σ dy · out)/dα per radian, float64. The picture's slope at each position times the way the position moves:
 * d(x, y)/dα = scale · (−sin·x − cos·y, cos·x − sin·y). At a whole-number position the slope is the right-hand one.
 */
export function angleSlope(
  framed: Float32Array,
  dy: Float32Array,
  at: number,
  positions: ReadPositions,
  alpha: number,
  channels: 1 | 3,
): number {
  const { index, right, below, first, end, coordinate } = positions;
  const side = coordinate.length;
  const line = channels * (side + 2);
  const cos = Math.cos(alpha);
  const sin = Math.sin(alpha);
  let sum = 0;
  for (let y = 0; y < side; y++) {
    const sinY = sin * coordinate[y]!;
    const cosY = cos * coordinate[y]!;
    for (let x = first[y]!, k = y * side + x, o = at + k * channels; x < end[y]!; x++, k++) {
      const u = right[k]!;
      const v = below[k]!;
      let alongX = 0;
      let alongY = 0;
      for (let c = 0, i = channels * index[k]!; c < channels; c++, i++, o++) {
        const value = dy[o]!;
        const upper = framed[i + channels]! - framed[i]!;
        const lower = framed[i + line + channels]! - framed[i + line]!;
        alongX += value * (upper + v * (lower - upper));
        alongY += value * (framed[i + line]! - framed[i]! + u * (lower - upper));
      }
      sum += alongY * (cos * coordinate[x]! - sinY) - alongX * (sin * coordinate[x]! + cosY);
    }
  }
  return sum * positions.scale;
}
