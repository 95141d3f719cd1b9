import { blankImage, type Mask, type PixelImage, type Point } from './image.ts';

export interface TurnedCut {
  /** Centre of the cut in pixel-centre coordinates of the image; (size − 1)/2 right and down of the origin of an unturned crop. */
  readonly centre: Point;
  /** Radians; the cut's axis x points to (cos, sin) in the image, y down. */
  readonly angle: number;
  /** Side of the cut in pixels. */
  readonly size: number;
}

/** Index reflected at the borders with the edge pixel repeated: … 1 0 | 0 1 … n−1 | n−1 n−2 … */
function reflected(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  const period = 2 * length;
  const at = ((index % period) + period) % period;
  return at < length ? at : period - 1 - at;
}

const sharpness = -0.75;

/** Keys' cubic within one pixel of the centre. */
function cubicNear(d: number): number {
  return ((sharpness + 2) * d - (sharpness + 3)) * d * d + 1;
}

/** Keys' cubic between one and two pixels from the centre. */
function cubicFar(d: number): number {
  return (((d - 5) * d + 8) * d - 4) * sharpness;
}

/** Weights of the four neighbours at fraction t; a = −0.75 as torch and OpenCV have it. */
function cubicWeights(t: number, into: Float64Array): void {
  into[0] = cubicFar(1 + t);
  into[1] = cubicNear(t);
  into[2] = cubicNear(1 - t);
  into[3] = cubicFar(2 - t);
}

function linearWeights(t: number, into: Float64Array): void {
  into[0] = 0;
  into[1] = 1 - t;
  into[2] = t;
  into[3] = 0;
}

/**
 * A square cut at any angle, resampled once from the image; what lies beyond the border is the image reflected with its edge pixel repeated.
 * The result is clipped to [0,1], since the cubic overshoots.
 */
export function cutTurned(image: PixelImage, cut: TurnedCut, method: 'bicubic' | 'bilinear' = 'bicubic'): PixelImage {
  const { width, height, channels, data } = image;
  const { size, centre } = cut;
  const weigh = method === 'bicubic' ? cubicWeights : linearWeights;
  const result = blankImage(size, size, channels);
  const cos = Math.cos(cut.angle);
  const sin = Math.sin(cut.angle);
  const middle = (size - 1) / 2;
  const across = new Float64Array(4);
  const down = new Float64Array(4);
  const columns = new Int32Array(4);
  const sum = new Float64Array(3);
  let out = 0;
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const x = centre.x + cos * (u - middle) - sin * (v - middle);
      const y = centre.y + sin * (u - middle) + cos * (v - middle);
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      weigh(x - x0, across);
      weigh(y - y0, down);
      for (let k = 0; k < 4; k++) columns[k] = reflected(x0 - 1 + k, width) * channels;
      sum.fill(0);
      for (let j = 0; j < 4; j++) {
        if (down[j] === 0) continue;
        const row = reflected(y0 - 1 + j, height) * width * channels;
        for (let k = 0; k < 4; k++) {
          const weight = down[j]! * across[k]!;
          for (let c = 0; c < channels; c++) sum[c] = sum[c]! + weight * data[row + columns[k]! + c]!;
        }
      }
      for (let c = 0; c < channels; c++) result.data[out++] = Math.min(Math.max(sum[c]!, 0), 1);
    }
  }
  return result;
}

/** The same cut of a mask, by the nearest pixel. */
export function cutTurnedMask(mask: Mask, cut: TurnedCut): Mask {
  const { size, centre } = cut;
  const data = new Uint8Array(size * size);
  const cos = Math.cos(cut.angle);
  const sin = Math.sin(cut.angle);
  const middle = (size - 1) / 2;
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const x = Math.round(centre.x + cos * (u - middle) - sin * (v - middle));
      const y = Math.round(centre.y + sin * (u - middle) + cos * (v - middle));
      data[v * size + u] = mask.data[reflected(y, mask.height) * mask.width + reflected(x, mask.width)]!;
    }
  }
  return { width: size, height: size, data };
}

/**
 * Centre of a turned cut along one side, in pixel-centre coordinates: drawn over the whole side and clamped to half a patch from the borders,
 * so that borders are seen as often as the middle; the corners of the cut then reach beyond the border, where the image is reflected.
 * @param u uniform in [0,1)
 */
export function coverCentre(u: number, length: number, patch: number): number {
  const half = patch / 2;
  return Math.min(Math.max(u * length, half), length - half) - 0.5;
}

/** Centre of a turned cut along one side such that its corners stay inside at any angle where the side allows it; else the middle. */
export function insideCentre(u: number, length: number, patch: number): number {
  const half = patch / Math.SQRT2 + 0.5;
  return (length > 2 * half ? half + u * (length - 2 * half) : length / 2) - 0.5;
}
