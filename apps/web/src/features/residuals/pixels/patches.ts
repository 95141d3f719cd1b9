import {
  contentSpan,
  crop,
  insert,
  blankImage,
  padSquare,
  patchGrid,
  regionOfInterest,
  tileLayout,
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
  if (geometry.kind === 'image')
    return patchGrid(input, geometry).map(({ x, y }) => ({
      centre: { x: x + geometry.patch / 2, y: y + geometry.patch / 2 },
      side: geometry.patch,
    }));
  const { columns, rows } = tileLayout(geometry);
  const [from, to] = contentSpan(geometry).rect;
  return Array.from({ length: columns * rows }, (_, i) => ({
    centre: { x: (i % columns) * geometry.input + (from + to) / 2, y: Math.floor(i / columns) * geometry.input + (from + to) / 2 },
    side: to - from,
  }));
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

/** The network's inputs as they are cut from the stored picture, before they are turned: `input`² pixels each. */
function cutPatches(input: PixelImage, geometry: Geometry): PixelImage[] {
  if (geometry.kind === 'image')
    return patchGrid(input, geometry).map((at) => padSquare(crop(input, at, geometry.patch, geometry.patch), geometry.input));
  const { columns, rows } = tileLayout(geometry);
  const side = geometry.input;
  return Array.from({ length: columns * rows }, (_, i) =>
    crop(input, { x: (i % columns) * side, y: Math.floor(i / columns) * side }, side, side),
  );
}

/**
 * The patches turned by their angles by the library's own sampler, side by side in the grid they are cut in.
 * @param degrees α of each patch modulo 180, as stored, in the order they are cut
 * @throws RangeError where there are not as many angles as patches
 */
export function turnedPatches(input: PixelImage, { geometry, sampler }: Turning, degrees: readonly number[]): PixelImage {
  const patches = cutPatches(input, geometry);
  const columns = patchColumns(patchPlaces(input, geometry));
  const side = geometry.input;
  const shape = { count: patches.length, side, channels: input.channels };
  const entries = side * side * input.channels;
  const batch = new Float32Array(patches.length * entries);
  patches.forEach(({ data }, i) => batch.set(data, i * entries));
  const turned = rotate(sampler, batch, shape, degrees.map(toRadians));
  const sheet = blankImage(columns * side, (patches.length / columns) * side, input.channels);
  for (let i = 0; i < patches.length; i++)
    insert(
      sheet,
      { width: side, height: side, channels: input.channels, data: turned.subarray(i * entries, (i + 1) * entries) },
      { x: (i % columns) * side, y: Math.floor(i / columns) * side },
    );
  return sheet;
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
  const cut = cutPatches(input, geometry)[patch];
  if (!cut) throw new RangeError(`patch ${patch} does not exist in this image`);
  const roi = regionOfInterest(geometry);
  if (mask === 'before') {
    // Over a full turn, whose halves are alike: the curve's minima leave out the ripples that turning makes.
    const curve = orientationCurve(new OrientationLoss(roi, mask), cut, 2 * count);
    return { values: curve.values.slice(0, count) as Float64Array<ArrayBuffer>, minima: curve.minima };
  }
  const steered = new SteeredOrientation(roi, mask);
  const values = steered.curves(cut.data, { count: 1, side: geometry.input, channels: cut.channels }, halfTurnGrid(count));
  return { values: values as Float64Array<ArrayBuffer>, minima: minima(values) };
}

export const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;
