import { meanAndSpread } from '../grey.ts';
import { coveredMean, smoothstep, type Canvas, type Drawing } from './canvas.ts';
import { blob, curve } from './shapes.ts';

/** A groove: one flank catches the light, the other lies in shadow, so that its mean brightness is the surface's own. */
export function scratch({ clean, random }: Canvas): Drawing {
  const halfWidth = random.between(2.2, 3.4);
  const { across, along } = curve(clean, random, { length: Math.round(random.between(48, 84)), bend: random.between(0.2, 0.9) });
  const { spread } = meanAndSpread(clean.data);
  const height = random.sign() * Math.min(76, Math.max(38, 1.7 * spread));
  const altered = new Float32Array(clean.data.length);
  const coverage = new Float32Array(clean.data.length);
  for (let index = 0; index < altered.length; index++) {
    const u = across[index]! / halfWidth;
    altered[index] = clean.data[index]! + height * Math.sin(Math.PI * u) * (1 - 0.35 * Math.abs(u));
    const taper = smoothstep(0, 0.12, along[index]!) * smoothstep(0, 0.12, 1 - along[index]!);
    coverage[index] = taper * smoothstep(0, 0.35, 1 - Math.abs(u));
  }
  return { altered, coverage };
}

/** Something dried on the surface: the texture below fades, towards a tone of its own in the middle and to the other side of the mean along the rim. */
export function stain({ clean, random }: Canvas): Drawing {
  const { coverage, depth } = blob(clean, random, { radius: random.between(14, 21), soft: 2.5, wobble: 0.28 });
  const { spread } = meanAndSpread(clean.data);
  const mean = coveredMean(clean.data, coverage);
  const swing = random.sign() * random.between(0.7, 1) * Math.max(18, spread);
  const strength = random.between(0.6, 0.8);
  const rim = random.between(4, 6);
  const altered = clean.data.map((value, index) => {
    const middle = smoothstep(0.3 * rim, rim, depth[index]!);
    return value + strength * (mean + swing * (middle - 0.55) - value);
  });
  return { altered, coverage };
}

/** A hollow, lit from one side: the texture is drawn together towards its middle and shaded light and dark across it. */
export function dent({ clean, random }: Canvas): Drawing {
  const { x, y, radius, coverage } = blob(clean, random, { radius: random.between(13, 19), soft: 3, wobble: 0.1 });
  const light = random.angle();
  const { spread } = meanAndSpread(clean.data);
  const depth = Math.min(104, Math.max(48, 2.3 * spread));
  const altered = new Float32Array(clean.data.length);
  for (let row = 0; row < clean.height; row++) {
    for (let column = 0; column < clean.width; column++) {
      const u = (column - x) / radius;
      const v = (row - y) / radius;
      const slope = (u * Math.cos(light) + v * Math.sin(light)) * Math.exp(-1.6 * (u * u + v * v)) * 2;
      altered[row * clean.width + column] = clean.data[row * clean.width + column]! + depth * slope;
    }
  }
  return { altered, coverage };
}

/** Worn smooth: the fine structure of an area is gone (Gaussian blur), its brightness stays. */
export function blur({ clean, random }: Canvas): Drawing {
  const { coverage } = blob(clean, random, { radius: random.between(15, 23), soft: 4, wobble: 0.2 });
  return { altered: gaussian(clean.data, clean.width, clean.height, random.between(3.5, 5)), coverage };
}

/** Separable Gaussian blur; the border is renormalised rather than extended. */
function gaussian(values: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) => Math.exp(-((tap - reach) ** 2) / (2 * sigma * sigma)));
  const pass = (input: Float32Array, length: number, step: number, lines: number, lineStep: number): Float32Array => {
    const output = new Float32Array(input.length);
    for (let line = 0; line < lines; line++) {
      for (let position = 0; position < length; position++) {
        let sum = 0;
        let weights = 0;
        for (let tap = Math.max(0, position - reach); tap <= Math.min(length - 1, position + reach); tap++) {
          const share = kernel[tap - position + reach]!;
          sum += share * input[line * lineStep + tap * step]!;
          weights += share;
        }
        output[line * lineStep + position * step] = sum / weights;
      }
    }
    return output;
  };
  return pass(pass(values, width, 1, height, width), height, width, width, 1);
}
