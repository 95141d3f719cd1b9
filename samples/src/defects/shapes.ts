import type { Grey } from '../grey.ts';
import type { Random } from '../random.ts';
import { eachPixel, smoothstep } from './canvas.ts';

/** An irregular roundish area. `coverage` is 1 inside and falls to 0 over `soft` pixels within the outline. */
export interface Blob {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly coverage: Float32Array;
  /** How far inside the outline a pixel lies, about in pixels; negative outside. */
  readonly depth: Float32Array;
}

/** A place at least `margin` pixels inside the picture. */
function place(picture: Grey, random: Random, margin: number): { x: number; y: number } {
  return { x: random.between(margin, picture.width - 1 - margin), y: random.between(margin, picture.height - 1 - margin) };
}

/** Draws a blob of about `radius` pixels: an ellipse whose outline wobbles by `wobble` (share of the radius). */
export function blob(picture: Grey, random: Random, { radius, soft, wobble }: { radius: number; soft: number; wobble: number }): Blob {
  const { x, y } = place(picture, random, radius + 6);
  const stretch = random.between(0.8, 1.25);
  const turn = random.angle();
  const waves = [2, 3, 5].map((lobes) => ({ lobes, phase: random.angle(), height: (wobble * random.between(0.4, 1)) / Math.sqrt(lobes) }));
  const coverage = new Float32Array(picture.data.length);
  const depth = new Float32Array(picture.data.length);
  eachPixel(picture, x, y, (index, dx, dy) => {
    const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) * stretch;
    const v = (dy * Math.cos(turn) - dx * Math.sin(turn)) / stretch;
    const theta = Math.atan2(v, u);
    const outline = radius * (1 + waves.reduce((sum, { lobes, phase, height }) => sum + height * Math.cos(lobes * theta + phase), 0));
    depth[index] = outline - Math.hypot(u, v);
    coverage[index] = smoothstep(0, soft, depth[index]!);
  });
  return { x, y, radius, coverage, depth };
}

/** Per pixel: distance to the nearest point of a curve (signed by the side it lies on) and how far along the curve that point is (0–1). */
export interface CurveField {
  readonly across: Float32Array;
  readonly along: Float32Array;
}

/** A smooth curve of `length` pixels through the picture's middle part, bending by about `bend` radians over its length. */
export function curve(picture: Grey, random: Random, { length, bend }: { length: number; bend: number }): CurveField {
  const centre = place(picture, random, 44);
  const heading = random.angle();
  const steady = random.between(-bend, bend) / length;
  const sway = random.between(0.5, 1) * (bend / length);
  const phase = random.angle();
  const points = [{ x: 0, y: 0, heading }];
  for (let step = 1; step <= length; step++) {
    const last = points[step - 1]!;
    const next = last.heading + steady + sway * Math.cos(phase + (3 * Math.PI * step) / length);
    points.push({ x: last.x + Math.cos(next), y: last.y + Math.sin(next), heading: next });
  }
  const middle = points[Math.floor(length / 2)]!;
  const across = new Float32Array(picture.data.length);
  const along = new Float32Array(picture.data.length);
  eachPixel(picture, centre.x - middle.x, centre.y - middle.y, (index, dx, dy) => {
    let nearest = 0;
    let least = Infinity;
    for (let step = 0; step < points.length; step++) {
      const distance = (dx - points[step]!.x) ** 2 + (dy - points[step]!.y) ** 2;
      if (distance < least) {
        least = distance;
        nearest = step;
      }
    }
    const point = points[nearest]!;
    const side = Math.cos(point.heading) * (dy - point.y) - Math.sin(point.heading) * (dx - point.x);
    across[index] = Math.sign(side) * Math.sqrt(least);
    along[index] = nearest / length;
  });
  return { across, along };
}
