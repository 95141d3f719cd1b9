import sharp from 'sharp';

/** A grey picture: row-major, values 0–255, not yet rounded. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A rectangle of whole pixels; right and bottom are exclusive. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Reads an 8-bit grey picture file. */
export async function readGrey(path: string): Promise<Grey> {
  const { data, info } = await sharp(path).toColourspace('b-w').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error(`${path} should be a grey picture but has ${String(info.channels)} channels.`);
  return { width: info.width, height: info.height, data: Float32Array.from(data) };
}

/** Rounds to the 8 bits that are stored. */
export function quantise(picture: Grey): Uint8Array {
  return Uint8Array.from(picture.data, (value) => Math.min(255, Math.max(0, Math.round(value))));
}

/** Lossless 8-bit grey PNG of `width` × `height` values. */
export function encodePng(values: Uint8Array, width: number, height: number): Promise<Buffer> {
  return sharp(values, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** Catmull–Rom weight of a tap at distance `t` pixels. */
function weight(t: number): number {
  const x = Math.abs(t);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/** How far from the sampled point the bicubic kernel reads, in pixels. */
export const kernelReach = 2;

/**
 * Bicubic value at the pixel coordinates (x, y); whole numbers are pixel centres.
 * @throws RangeError when a pixel outside `region` would be needed: nothing is reflected or invented.
 */
export function sampleBicubic(picture: Grey, region: Region, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column - 1 < region.left || column + 2 >= region.right || row - 1 < region.top || row + 2 >= region.bottom) {
    throw new RangeError(`(${x.toFixed(1)}, ${y.toFixed(1)}) needs pixels outside its region of the photograph.`);
  }
  const [a, b, c, d] = [weight(x - column + 1), weight(x - column), weight(x - column - 1), weight(x - column - 2)];
  let sum = 0;
  for (let dy = -1; dy <= 2; dy++) {
    const first = (row + dy) * picture.width + column - 1;
    const line = a * picture.data[first]! + b * picture.data[first + 1]! + c * picture.data[first + 2]! + d * picture.data[first + 3]!;
    sum += weight(y - row - dy) * line;
  }
  return sum;
}

/** Mean and standard deviation of the values. */
export function meanAndSpread(values: Float32Array): { mean: number; spread: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, spread: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}
