import {
  contentSpan,
  cutInputs,
  inputOrigins,
  inputSheet,
  regionOfInterest,
  type Geometry,
  type PixelImage,
  type Point,
} from '@plumbline/ml/geometry';
import {
  halfTurnGrid,
  minima,
  orientationCurve,
  OrientationLoss,
  rotate,
  SteeredOrientation,
  type OrientationMask,
  type OrientationMinimum,
  type Sampler,
} from '@plumbline/ml/transformer';

/** How a recipe cuts patches and turns them. */
export interface Turning {
  readonly geometry: Geometry;
  readonly sampler: Sampler;
  /** Where J is measured. */
  readonly mask: OrientationMask;
}

/** One patch in the frame of the network image. */
export interface PatchPlace {
  /** Middle of the patch's content, in pixels from the image's top left corner (pixel i covers [i, i + 1)). */
  readonly centre: Point;
  /** Side of its content in pixels. */
  readonly side: number;
}

/** Places of the patches in the order they are cut, in the stored input (whose tiles they are in the `patch` geometry). */
export function patchPlaces(input: { readonly width: number; readonly height: number }, geometry: Geometry): PatchPlace[] {
  const [from, to] = geometry.kind === 'image' ? [0, geometry.patch] : contentSpan(geometry).rect;
  const middle = (from + to) / 2;
  return inputOrigins(input, geometry).map(({ x, y }) => ({ centre: { x: x + middle, y: y + middle }, side: to - from }));
}

/** How many patches stand in a row of the grid they are cut in. */
export function patchColumns(places: readonly PatchPlace[]): number {
  return new Set(places.map(({ centre }) => centre.x)).size;
}

/** The patch whose middle is nearest to a pixel. */
export function nearestPatch(places: readonly PatchPlace[], at: Point): number {
  let best = 0;
  let least = Infinity;
  places.forEach(({ centre }, i) => {
    const distance = (centre.x - at.x - 0.5) ** 2 + (centre.y - at.y - 0.5) ** 2;
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

/**
 * Corners of what a patch turned by α shows upright, in the network image: the turned patch reads its input at R(α), so its frame lies turned by α
 * there. The first two corners are its upper edge.
 * @param alpha radians
 */
export function turnedFrame({ centre, side }: PatchPlace, alpha: number): Point[] {
  const [cos, sin] = [Math.cos(alpha), Math.sin(alpha)];
  const half = side / 2;
  return [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ].map(([x = 0, y = 0]) => ({ x: centre.x + cos * x - sin * y, y: centre.y + sin * x + cos * y }));
}

/** Of the network's inputs as they are cut, how many there are and of what shape. */
const shapeOf = (inputs: Float32Array, side: number, channels: 1 | 3) => ({
  count: inputs.length / (side * side * channels),
  side,
  channels,
});

/** The angles by which the network turned its inputs, radians in [0, 2π), from those that are stored. */
export const networkTurns = (degrees: readonly number[]): readonly number[] => degrees.map(toRadians);

/**
 * The patches turned by their angles by the library's own sampler, side by side in the grid they are cut in.
 * @param turns radians, one a patch in the order they are cut
 * @throws RangeError where there are not as many angles as patches
 */
export function turnedPatches(
  input: PixelImage,
  { geometry, sampler }: Pick<Turning, 'geometry' | 'sampler'>,
  turns: readonly number[],
): PixelImage {
  const patches = cutInputs(input, geometry);
  return inputSheet(rotate(sampler, patches, shapeOf(patches, geometry.input, input.channels), turns), input, geometry);
}

/** J of one patch over half a turn, after which it repeats. */
export interface OrientationSweep {
  /** J at k·180°/length. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Lowest first. */
  readonly minima: readonly OrientationMinimum[];
}

/**
 * J(α) of a patch: by the steered filter, whose minimum may lie half a degree beside that of the turned pictures; with the mask before the gradient,
 * whose border no steered filter sees, of the turned pictures themselves.
 * @throws RangeError where there is no such patch
 */
export function orientationSweep(input: PixelImage, { geometry, mask }: Turning, patch: number, count = 180): OrientationSweep {
  const side = geometry.input;
  const entries = side * side * input.channels;
  const cut = cutInputs(input, geometry).subarray(patch * entries, (patch + 1) * entries);
  if (cut.length === 0) throw new RangeError(`patch ${patch} does not exist in this image`);
  const roi = regionOfInterest(geometry);
  if (mask === 'before') {
    // Over a full turn, whose halves are alike: the curve's minima leave out the ripples that turning makes.
    const curve = orientationCurve(
      new OrientationLoss(roi, mask),
      { width: side, height: side, channels: input.channels, data: cut },
      2 * count,
    );
    return { values: curve.values.slice(0, count) as Float64Array<ArrayBuffer>, minima: curve.minima };
  }
  const steered = new SteeredOrientation(roi, mask);
  const values = steered.curves(cut, shapeOf(cut, side, input.channels), halfTurnGrid(count));
  return { values: values as Float64Array<ArrayBuffer>, minima: minima(values) };
}

export const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;
