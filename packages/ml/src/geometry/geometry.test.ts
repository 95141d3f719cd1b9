import { describe, expect, it } from 'vitest';
import {
  BadImageError,
  blendPatches,
  contentSpan,
  coverCentre,
  coverOrigin,
  crop,
  cutTurned,
  cutTurnedMask,
  erodeMask,
  insideCentre,
  maskToNetworkScale,
  networkSize,
  patchGrid,
  patchOrigins,
  patchToInput,
  PatchBlender,
  regionOfInterest,
  resizeArea,
  resizeBilinear,
  resizedMapValue,
  resizeImage,
  resizeMapBilinear,
  toNetworkScale,
  uniformOrigin,
  withChannels,
  type ImageGeometry,
  type PatchGeometry,
  type PixelImage,
} from './index.ts';

const product: ImageGeometry = { kind: 'image', scale: { by: 'shortSide', value: 181 }, patch: 90, input: 128, stride: 45 };
const paper: PatchGeometry = { kind: 'patch', resize: 256, patch: 128, padded: 181, input: 128 };

function picture(width: number, height: number, channels: 1 | 3, value: (x: number, y: number, c: number) => number): PixelImage {
  const data = Float32Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return value(pixel % width, Math.floor(pixel / width), i % channels);
  });
  return { width, height, channels, data };
}
const uneven = (x: number, y: number, c: number) => ((Math.sin(x * 12.9898 + y * 78.233 + c * 3.7) * 43758.5453) % 1 ** 2) / 2 + 0.5;
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((far, value, i) => Math.max(far, Math.abs(value - b[i]!)), 0);

describe('network scale', () => {
  it('makes the short side 181 px and keeps the aspect', () => {
    expect(networkSize(1130, 460, product)).toEqual({ width: 445, height: 181 });
    expect(networkSize(512, 512, product)).toEqual({ width: 181, height: 181 });
    expect(networkSize(100, 200, product)).toEqual({ width: 181, height: 362 });
  });

  it('takes one factor for all where a class has mixed sizes', () => {
    const factor: ImageGeometry = { ...product, scale: { by: 'factor', value: 0.7 } };
    expect(networkSize(200, 300, factor)).toEqual({ width: 140, height: 210 });
  });

  it('is 256 × 256 in the paper’s geometry', () => {
    expect(networkSize(1130, 460, paper)).toEqual({ width: 256, height: 256 });
  });

  it('refuses an image below one patch, and one that the scale makes so, with the remedy', () => {
    expect(() => networkSize(89, 400, product, 'small.png')).toThrow(
      /^small\.png is 89 × 400 px, but its short side must have at least 90 px/,
    );
    const factor: ImageGeometry = { ...product, scale: { by: 'factor', value: 0.7 } };
    expect(() => networkSize(120, 120, factor)).toThrow(/becomes 84 × 84 px.*raise geometry\.scale/);
    expect(() => networkSize(120, 300, paper)).toThrow(BadImageError);
  });

  it('enlarges bilinearly and reduces by area; masks go along by nearest', () => {
    const small = picture(100, 120, 3, uneven);
    expect(toNetworkScale(small, product)).toEqual(resizeBilinear(small, 181, 217));
    const large = picture(400, 362, 1, uneven);
    expect(toNetworkScale(large, product)).toEqual(resizeArea(large, 200, 181));
    const mask = { width: 362, height: 362, data: Uint8Array.from({ length: 362 * 362 }, (_, i) => (i % 362 < 181 ? 1 : 0)) };
    const scaled = maskToNetworkScale(mask, product);
    expect(scaled.width).toBe(181);
    expect(scaled.data.reduce((sum, value) => sum + value, 0) / scaled.data.length).toBeCloseTo(0.5, 2);
  });
});

describe('resizing', () => {
  it('by area keeps the mean, at any ratio', () => {
    const image = picture(97, 61, 1, uneven);
    for (const [width, height] of [
      [96, 60],
      [31, 7],
      [1, 1],
      [97, 13],
    ] as const)
      expect(mean(resizeArea(image, width, height).data)).toBeCloseTo(mean(image.data), 6);
  });

  it('treats each side by its own need', () => {
    const image = picture(40, 10, 3, uneven);
    const got = resizeImage(image, 20, 30);
    expect(farthest(got.data, resizeBilinear(resizeArea(image, 20, 10), 20, 30).data)).toBeLessThan(1e-6);
  });

  it('refuses a size without pixels', () => {
    expect(() => resizeArea(picture(4, 4, 1, uneven), 0, 4)).toThrow(/whole numbers from 1/);
  });
});

describe('patches', () => {
  it('are spread evenly, round((L − 90)/45) + 1 along a side, first and last flush', () => {
    expect(patchOrigins(181, product)).toEqual([0, 46, 91]);
    expect(patchOrigins(90, product)).toEqual([0]);
    for (let length = 91; length < 700; length++) {
      const origins = patchOrigins(length, product);
      expect(origins).toHaveLength(Math.max(1, Math.round((length - 90) / 45)) + 1);
      expect([origins[0], origins.at(-1)]).toEqual([0, length - 90]);
      for (let i = 1; i < origins.length; i++) expect(origins[i]! - origins[i - 1]!).toBeLessThanOrEqual(90);
    }
  });

  it('of an image come row by row; the paper’s are four', () => {
    expect(patchGrid({ width: 256, height: 256 }, paper)).toEqual([
      { x: 0, y: 0 },
      { x: 128, y: 0 },
      { x: 0, y: 128 },
      { x: 128, y: 128 },
    ]);
    expect(patchGrid({ width: 445, height: 181 }, product)).toHaveLength(9 * 3);
  });

  it('of the product lie on whole pixels: the region of interest is the central 90 px', () => {
    const span = contentSpan(product);
    expect([span.rect, span.nearest, span.area, span.bilinear]).toEqual([
      [19, 109],
      [19, 108],
      [19, 108],
      [19, 108],
    ]);
    const patch = picture(90, 90, 3, uneven);
    const input = patchToInput(patch, product);
    expect(crop(input, { x: 19, y: 19 }, 90, 90)).toEqual(patch);
    const roi = regionOfInterest(product);
    expect(roi.data.reduce((sum, value) => sum + value, 0)).toBe(8100);
  });

  it('drawn to cover the border reach it far more often than uniform ones', () => {
    const draws = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
    const atBorder = (origin: (u: number, length: number, patch: number) => number) =>
      draws.filter((u) => [0, 181 - 90].includes(origin(u, 181, 90))).length / 1000;
    expect(atBorder(coverOrigin)).toBeGreaterThan(0.45);
    expect(atBorder(uniformOrigin)).toBeLessThan(0.03);
    for (const u of [0, 0.3, 0.999999]) {
      expect(coverOrigin(u, 90, 90)).toBe(0);
      expect(coverCentre(u, 90, 90)).toBe(44.5);
    }
  });
});

describe('turned cuts', () => {
  const image = picture(120, 100, 3, uneven);
  const centre = { x: 60 - 0.5, y: 50 - 0.5 };

  it.each(['bicubic', 'bilinear'] as const)('at 0° are the plain crop (%s)', (method) => {
    const cut = cutTurned(image, { centre: { x: 10 + 44.5, y: 4 + 44.5 }, angle: 0, size: 90 }, method);
    expect(cut).toEqual(crop(image, { x: 10, y: 4 }, 90, 90));
  });

  it('at 90° put the image’s downward direction along their rows', () => {
    const cut = cutTurned(image, { centre, angle: Math.PI / 2, size: 90 });
    const plain = crop(image, { x: 15, y: 5 }, 90, 90);
    const turned = picture(90, 90, 3, (u, v, c) => plain.data[(u * 90 + (89 - v)) * 3 + c]!);
    expect(farthest(cut.data, turned.data)).toBeLessThan(1e-6);
  });

  it('read a slope where the rotation says, bilinearly', () => {
    const slope = picture(120, 100, 1, (x, y) => (x + 2 * y) / 400);
    const angle = 0.7;
    const cut = cutTurned(slope, { centre, angle, size: 20 }, 'bilinear');
    const expected = picture(20, 20, 1, (u, v) => {
      const [a, b] = [u - 9.5, v - 9.5];
      const x = centre.x + Math.cos(angle) * a - Math.sin(angle) * b;
      const y = centre.y + Math.sin(angle) * a + Math.cos(angle) * b;
      return (x + 2 * y) / 400;
    });
    expect(farthest(cut.data, expected.data)).toBeLessThan(1e-6);
  });

  it('reflect the image beyond its border and stay in [0,1]', () => {
    const flat = cutTurned(
      picture(90, 90, 1, () => 0.6),
      { centre: { x: 0, y: 89 }, angle: 1, size: 90 },
    );
    expect(farthest(flat.data, new Float32Array(8100).fill(0.6))).toBeLessThan(1e-6);
    const steps = cutTurned(
      picture(90, 90, 1, (x) => (x > 44 ? 1 : 0)),
      { centre: { x: 44.5, y: 44.5 }, angle: 0.4, size: 90 },
    );
    expect(Math.min(...steps.data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...steps.data)).toBeLessThanOrEqual(1);
    const corner = cutTurned(image, { centre: { x: -0.5, y: 50 }, angle: 0, size: 11 }, 'bilinear');
    for (let y = 0; y < 11; y++) expect(corner.data[y * 33 + 4 * 3]).toBeCloseTo(corner.data[y * 33 + 6 * 3]!, 6);
  });

  it('carry masks along by nearest', () => {
    const half = { width: 100, height: 100, data: Uint8Array.from({ length: 10_000 }, (_, i) => (i % 100 >= 50 ? 1 : 0)) };
    const cut = cutTurnedMask(half, { centre: { x: 49.5, y: 49.5 }, angle: Math.PI, size: 40 });
    expect([cut.data[0], cut.data[39]]).toEqual([1, 0]);
  });

  it('placed inside keep their corners in the image at any angle', () => {
    for (const u of [0, 0.5, 0.999999]) {
      const at = insideCentre(u, 181, 90);
      expect(at - 44.5 * Math.SQRT2).toBeGreaterThanOrEqual(0);
      expect(at + 44.5 * Math.SQRT2).toBeLessThanOrEqual(180);
    }
    expect(insideCentre(0.3, 100, 90)).toBe(49.5);
  });
});

describe('blending', () => {
  it('of an image’s own patches gives the image back', () => {
    const image = picture(445, 181, 3, uneven);
    const origins = patchGrid(image, product);
    const patches = origins.map((at) => crop(image, at, 90, 90));
    expect(farthest(blendPatches(patches, origins, 445, 181).data, image.data)).toBeLessThan(1e-6);
  });

  it('takes the central part of padded frames, one after another in one array', () => {
    const image = picture(90, 135, 1, uneven);
    const origins = [
      { x: 0, y: 0 },
      { x: 0, y: 45 },
    ];
    const frames = origins.map((at) => patchToInput(crop(image, at, 90, 90), product).data);
    const batch = Float32Array.from([...frames[0]!, ...frames[1]!]);
    const blender = new PatchBlender(90, 135, 1, 90);
    origins.forEach((at, i) => blender.add(batch, at, 128, i * 128 * 128));
    expect(farthest(blender.finish().data, image.data)).toBeLessThan(1e-6);
  });

  it('gives a patch’s middle more weight than another’s rim', () => {
    const [dark, bright] = [picture(90, 90, 1, () => 0), picture(90, 90, 1, () => 1)];
    const row = [
      { x: 0, y: 0 },
      { x: 45, y: 0 },
    ];
    const blended = blendPatches([dark, bright], row, 135, 90);
    const at = (x: number) => blended.data[45 * 135 + x]!;
    expect([at(10), at(125)]).toEqual([0, 1]);
    expect(at(50)).toBeLessThan(0.1);
    expect(at(84)).toBeGreaterThan(0.9);
    expect(at(67)).toBeCloseTo(0.5, 6);
  });

  it('refuses to finish with a pixel that no patch covered', () => {
    const blender = new PatchBlender(100, 90, 1, 90);
    blender.add(new Float32Array(8100), { x: 0, y: 0 });
    expect(() => blender.finish()).toThrow(/pixel \(90, 0\) is covered by no patch/);
  });
});

describe('masks and channels', () => {
  it('erosion keeps exactly the pixels whose whole square lies inside', () => {
    const mask = {
      width: 23,
      height: 17,
      data: Uint8Array.from({ length: 23 * 17 }, (_, i) => (uneven(i % 23, Math.floor(i / 23), 0) > 0.1 ? 1 : 0)),
    };
    const brute = Uint8Array.from({ length: 23 * 17 }, (_, i) => {
      const [x, y] = [i % 23, Math.floor(i / 23)];
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const inside = x + dx >= 0 && x + dx < 23 && y + dy >= 0 && y + dy < 17;
          if (!inside || !mask.data[(y + dy) * 23 + x + dx]) return 0;
        }
      return 1;
    });
    expect(brute.includes(1)).toBe(true);
    expect(erodeMask(mask, 1).data).toEqual(brute);
    expect(erodeMask(mask, 0)).toEqual(mask);
  });

  it('grey to colour and back changes nothing', () => {
    const grey = picture(5, 4, 1, uneven);
    expect(farthest(withChannels(withChannels(grey, 3), 1).data, grey.data)).toBeLessThan(1e-6);
    expect(withChannels(grey, 1)).toBe(grey);
  });
});

describe('one value of a resized map', () => {
  it('is that of the whole resized map, to the last digit', () => {
    const map = { width: 7, height: 5, data: Float32Array.from({ length: 35 }, (_, i) => Math.sin(i * 12.9898) * 43.7) };
    for (const [width, height] of [
      [23, 31],
      [7, 5],
      [3, 9],
    ] as const) {
      const whole = resizeMapBilinear(map, width, height);
      const each = Float32Array.from(whole.data, (_, i) => resizedMapValue(map, width, height, i % width, Math.floor(i / width)));
      expect(each).toEqual(whole.data);
    }
  });
});
