import { batchLength, requireAngles, requireBatch, type Angles, type BatchShape } from './batch.ts';
import { boundsOf } from './bounds.ts';
import { angleSlope, read, spread } from './kernels.ts';
import { framedLength, intoFrame, outOfFrame, ReadPositions, type Sampler } from './read-positions.ts';

/**
 * Each image turned by its angle: output pixel (x, y) reads the input at R(α)·(x − c, y − c) + c, c = (side − 1)/2, R = [[cos, −sin], [sin, cos]],
 * x to the right, y down; what lies outside counts as 0. Positions and sums are float64, values float32 of any range. At α = 0 `bilinear` and
 * `nearest` give the same values again, `legacy` does not.
 * @param angles radians, one an image
 * @param out receives the result if given; must not be `images`
 * @throws RangeError where lengths do not fit the shape or an angle is not finite
 */
export function rotate(
  sampler: Sampler,
  images: Float32Array,
  shape: BatchShape,
  angles: Angles,
  out: Float32Array = new Float32Array(batchLength(shape)),
): Float32Array {
  requireBatch(images, shape, 'the images');
  requireBatch(out, shape, 'the turned images');
  requireAngles(angles, shape.count);
  const { side, channels } = shape;
  const positions = new ReadPositions(side, sampler);
  const framed = new Float32Array(framedLength(side, channels));
  for (let n = 0; n < shape.count; n++) {
    intoFrame(images, n, side, channels, framed);
    positions.turn(angles[n]!, boundsOf(images, n, side, channels));
    read(framed, positions, channels, out, n * side * side * channels);
  }
  return out;
}

/**
 * Gradient of Σ rotate(images) · dy towards the images: the adjoint of `rotate`, which does not depend on the images. Sums are float64.
 * @param dy gradient towards the turned images, of the batch's shape
 * @param out receives the result if given; must not be `dy`
 * @throws RangeError as `rotate`
 */
export function rotateBack(
  sampler: Sampler,
  dy: Float32Array,
  shape: BatchShape,
  angles: Angles,
  out: Float32Array = new Float32Array(batchLength(shape)),
): Float32Array {
  requireBatch(dy, shape, 'the gradients');
  requireBatch(out, shape, 'the gradients towards the images');
  requireAngles(angles, shape.count);
  const { side, channels } = shape;
  const positions = new ReadPositions(side, sampler);
  const framed = new Float64Array(framedLength(side, channels));
  for (let n = 0; n < shape.count; n++) {
    positions.turn(angles[n]!, undefined, boundsOf(dy, n, side, channels));
    spread(dy, n * side * side * channels, positions, channels, framed);
    outOfFrame(framed, n, side, channels, out);
  }
  return out;
}

/**
 * Gradient of Σ rotate(images) · dy towards each image's angle, per radian, float64. `legacy`: the derivative of its weights where no index is clipped;
 * where one is, the weights cancel and so do their derivatives, and its jumps at the frame's border have none. `nearest` passes no gradient to the
 * angle: all zeros, so a localisation network behind it learns nothing.
 * @param images what `rotate` was given
 * @param dy gradient towards the turned images
 * @throws RangeError as `rotate`
 */
export function angleGradients(sampler: Sampler, images: Float32Array, dy: Float32Array, shape: BatchShape, angles: Angles): Float64Array {
  requireBatch(images, shape, 'the images');
  requireBatch(dy, shape, 'the gradients');
  requireAngles(angles, shape.count);
  const gradients = new Float64Array(shape.count);
  if (sampler === 'nearest') return gradients;
  const { side, channels } = shape;
  const positions = new ReadPositions(side, sampler);
  const framed = new Float32Array(framedLength(side, channels));
  for (let n = 0; n < shape.count; n++) {
    intoFrame(images, n, side, channels, framed);
    positions.turn(angles[n]!, boundsOf(images, n, side, channels), boundsOf(dy, n, side, channels));
    gradients[n] = angleSlope(framed, dy, n * side * side * channels, positions, angles[n]!, channels);
  }
  return gradients;
}

/**
 * `rotateBack` and `angleGradients` at once: where each pixel is read from is computed once for both.
 * @throws RangeError as `rotate`
 */
export function rotateGradients(
  sampler: Sampler,
  images: Float32Array,
  dy: Float32Array,
  shape: BatchShape,
  angles: Angles,
): { images: Float32Array; angles: Float64Array } {
  if (sampler === 'nearest')
    return { images: rotateBack(sampler, dy, shape, angles), angles: angleGradients(sampler, images, dy, shape, angles) };
  requireBatch(images, shape, 'the images');
  requireBatch(dy, shape, 'the gradients');
  requireAngles(angles, shape.count);
  const { side, channels } = shape;
  const positions = new ReadPositions(side, sampler);
  const [framed, framedGradient] = [new Float32Array(framedLength(side, channels)), new Float64Array(framedLength(side, channels))];
  const [towardsImages, towardsAngles] = [new Float32Array(batchLength(shape)), new Float64Array(shape.count)];
  for (let n = 0; n < shape.count; n++) {
    const at = n * side * side * channels;
    positions.turn(angles[n]!, undefined, boundsOf(dy, n, side, channels));
    intoFrame(images, n, side, channels, framed);
    towardsAngles[n] = angleSlope(framed, dy, at, positions, angles[n]!, channels);
    spread(dy, at, positions, channels, framedGradient);
    outOfFrame(framedGradient, n, side, channels, towardsImages);
  }
  return { images: towardsImages, angles: towardsAngles };
}
