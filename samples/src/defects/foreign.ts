import { coveredMean, sampleBilinear, smoothstep, tone, type Canvas, type Drawing } from './canvas.ts';
import { blob, curve } from './shapes.ts';

/** A thread lying on the surface, with the shadow it casts. Its tone is one that this texture has elsewhere. */
export function fibre({ clean, random }: Canvas): Drawing {
  const halfWidth = random.between(1.5, 2.3);
  const { across, along } = curve(clean, random, { length: Math.round(random.between(56, 96)), bend: random.between(1.5, 3) });
  const bright = random.sign() > 0;
  const thread = tone(clean, bright ? 0.93 : 0.05);
  const shadow = tone(clean, bright ? 0.08 : 0.85);
  const altered = new Float32Array(clean.data.length);
  const coverage = new Float32Array(clean.data.length);
  for (let index = 0; index < altered.length; index++) {
    const distance = across[index]!;
    const onThread = smoothstep(0, 1, halfWidth + 0.5 - Math.abs(distance));
    const inShadow = 0.6 * smoothstep(0, 1.5, halfWidth + 0.5 - Math.abs(distance - 2 * halfWidth));
    const taper = smoothstep(0, 0.06, along[index]!) * smoothstep(0, 0.06, 1 - along[index]!);
    coverage[index] = taper * Math.max(onThread, inShadow);
    altered[index] = onThread >= inShadow ? thread : shadow;
  }
  return { altered, coverage };
}

/** Texture from elsewhere in the same part of the photograph, turned and magnified: right in tone, wrong in direction and grain. */
export function transplant({ clean, random, source }: Canvas): Drawing {
  const { x, y, radius, coverage } = blob(clean, random, { radius: random.between(17, 24), soft: 3, wobble: 0.18 });
  const turn = random.between(Math.PI / 3, (2 * Math.PI) / 3) * random.sign();
  const zoom = random.between(1.6, 2.1);
  const { region, lift } = source;
  const reach = (1.6 * radius) / zoom + 3;
  const fromX = random.between(region.left + reach, region.right - 1 - reach);
  const fromY = random.between(region.top + reach, region.bottom - 1 - reach);
  const altered = Float32Array.from(clean.data);
  for (let row = 0; row < clean.height; row++) {
    for (let column = 0; column < clean.width; column++) {
      const index = row * clean.width + column;
      if (coverage[index] === 0) continue;
      const u = (column - x) / zoom;
      const v = (row - y) / zoom;
      altered[index] = lift(fromX + Math.cos(turn) * u - Math.sin(turn) * v, fromY + Math.sin(turn) * u + Math.cos(turn) * v);
    }
  }
  const shift = coveredMean(clean.data, coverage) - coveredMean(altered, coverage);
  return { altered: altered.map((value) => value + shift), coverage };
}

/** The surface twisted around a point: every tone stays, the structure runs the wrong way. */
export function warp({ clean, random }: Canvas): Drawing {
  const { x, y, radius } = blob(clean, random, { radius: random.between(20, 28), soft: 1, wobble: 0 });
  const twist = random.sign() * random.between(1.7, 2.6);
  const altered = new Float32Array(clean.data.length);
  const coverage = new Float32Array(clean.data.length);
  for (let row = 0; row < clean.height; row++) {
    for (let column = 0; column < clean.width; column++) {
      const index = row * clean.width + column;
      const u = column - x;
      const v = row - y;
      const distance = Math.hypot(u, v);
      const turn = twist * Math.max(0, 1 - distance / radius) ** 1.5;
      altered[index] = sampleBilinear(clean, x + Math.cos(turn) * u - Math.sin(turn) * v, y + Math.sin(turn) * u + Math.cos(turn) * v);
      // The middle turns on the spot, so that it hardly moves, but it lies inside the defect.
      coverage[index] = distance < radius / 2 ? 1 : smoothstep(0.4, 1.6, Math.abs(turn) * distance);
    }
  }
  return { altered, coverage };
}
