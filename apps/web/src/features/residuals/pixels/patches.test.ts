import { crop, cutInputs, padSquare, regionOfInterest, type Geometry, type PixelImage } from '@plumbline/ml/geometry';
import { OrientationLoss, rotate, searchOrientation, wrapTurn } from '@plumbline/ml/transformer';
import { expect, test } from 'vitest';
import {
  nearestPatch,
  networkTurns,
  orientationSweep,
  patchColumns,
  patchPlaces,
  toRadians,
  turnedFrame,
  turnedPatches,
} from './patches.ts';

const geometry: Geometry = { kind: 'image', scale: { by: 'shortSide', value: 181 }, patch: 90, input: 128, stride: 45 };
const turning = { geometry, sampler: 'bilinear', mask: 'disc' } as const;

/** Stripes whose direction is turned by `degrees`, soft enough for any sampler. */
function stripes(width: number, height: number, degrees: number): PixelImage {
  const [cos, sin] = [Math.cos(toRadians(degrees)), Math.sin(toRadians(degrees))];
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return 0.5 + 0.4 * Math.sin((-sin * x + cos * y) / 2.2);
  });
  return { width, height, channels: 1, data };
}

test('the sheet holds every patch as the library turns it, at its place in the grid', () => {
  const input = stripes(226, 181, 20);
  const places = patchPlaces(input, geometry);
  const columns = patchColumns(places);
  expect([columns, places.length / columns]).toEqual([4, 3]);
  const turns = places.map((_, i) => toRadians((i * 31) % 180));
  const sheet = turnedPatches(input, turning, turns);
  expect([sheet.width, sheet.height]).toEqual([4 * 128, 3 * 128]);
  for (const i of [0, 5, 11]) {
    const { centre } = places[i]!;
    const patch = padSquare(crop(input, { x: centre.x - 45, y: centre.y - 45 }, 90, 90), 128);
    const alone = rotate('bilinear', patch.data, { count: 1, side: 128, channels: 1 }, [turns[i]!]);
    expect(crop(sheet, { x: (i % 4) * 128, y: Math.floor(i / 4) * 128 }, 128, 128).data).toEqual(alone);
  }
});

test('of stored angles a patch is turned by the one that the search turned it by', () => {
  for (const degrees of [-70, -20, 0, 20, 70]) {
    const input = stripes(181, 181, degrees);
    const shape = { count: 9, side: 128, channels: 1 } as const;
    const { angles } = searchOrientation(new OrientationLoss(regionOfInterest(geometry), 'disc'), cutInputs(input, geometry), shape);
    const stored = Array.from(angles, (angle) => (wrapTurn(angle) * 180) / Math.PI);
    networkTurns(stored).forEach((turn, i) => expect(turn).toBeCloseTo(wrapTurn(angles[i]!), 9));
  }
});

test('J is lowest where turning lays the stripes level, and the frame drawn for that α lies along the stripes', () => {
  for (const degrees of [0, 33, 90, 151]) {
    const input = stripes(181, 181, degrees);
    const found = orientationSweep(input, turning, 4).minima[0]!;
    const away = Math.abs((((((found.angle * 180) / Math.PI - degrees + 90) % 180) + 180) % 180) - 90);
    expect(away).toBeLessThan(2);
    const [left, right] = turnedFrame(patchPlaces(input, geometry)[4]!, found.angle);
    const along = (Math.atan2(right!.y - left!.y, right!.x - left!.x) * 180) / Math.PI;
    expect(Math.abs(((((along - degrees + 90) % 180) + 180) % 180) - 90)).toBeLessThan(2);
  }
});

test('with the mask before the gradient the curve is the library’s own J of the turned pictures', () => {
  const input = stripes(181, 181, 33);
  const { values, minima } = orientationSweep(input, { ...turning, mask: 'before' }, 4, 12);
  const loss = new OrientationLoss(regionOfInterest(geometry), 'before');
  const { centre } = patchPlaces(input, geometry)[4]!;
  const patch = padSquare(crop(input, { x: centre.x - 45, y: centre.y - 45 }, 90, 90), 128);
  const shape = { count: 1, side: 128, channels: 1 } as const;
  expect([...values]).toEqual(Array.from({ length: 12 }, (_, k) => loss.values(patch.data, shape, [(k * Math.PI) / 12])[0]));
  expect(minima.length).toBeGreaterThan(0);
  expect([...values]).not.toEqual([...orientationSweep(input, { ...turning, mask: 'after' }, 4, 12).values]);
});

test('a pixel belongs to the patch whose middle is nearest', () => {
  const places = patchPlaces({ width: 181, height: 181 }, geometry);
  expect(nearestPatch(places, { x: 0, y: 0 })).toBe(0);
  expect(nearestPatch(places, { x: 90, y: 90 })).toBe(4);
  expect(nearestPatch(places, { x: 180, y: 0 })).toBe(2);
});

test('in the paper’s geometry the places are the tiles’ content', () => {
  const paper: Geometry = { kind: 'patch', resize: 256, patch: 128, padded: 181, input: 128 };
  const places = patchPlaces({ width: 256, height: 256 }, paper);
  expect(places).toHaveLength(4);
  expect(places[0]!.centre.x).toBeCloseTo(63.65, 1);
  expect(places[3]!.centre.x).toBeCloseTo(191.65, 1);
});
