import { describe, expect, it } from 'vitest';
import { pngChannels, toMask, toPixelImage } from './decode.ts';

const header = (colourType: number) =>
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 2, 0, 0, 0, 1, 8, colourType);

describe('decoded pictures', () => {
  it('tells grey from colour by the PNG header and refuses other bytes', () => {
    expect([0, 2, 3, 4, 6].map((type) => pngChannels(header(type)))).toEqual([1, 3, 3, 1, 3]);
    expect(pngChannels(Uint8Array.of(0xff, 0xd8, 0xff))).toBeNull();
  });

  it('hands the library every stored value as value / 255', () => {
    const rgba = Uint8ClampedArray.of(0, 51, 255, 255, 1, 2, 3, 255);
    expect([...toPixelImage({ width: 2, height: 1, channels: 3, rgba }).data]).toEqual([
      ...Float32Array.of(0, 51 / 255, 1, 1 / 255, 2 / 255, 3 / 255),
    ]);
    expect([...toPixelImage({ width: 2, height: 1, channels: 1, rgba }).data]).toEqual([...Float32Array.of(0, 1 / 255)]);
  });

  it('takes mask values above 127 as defective', () => {
    expect([
      ...toMask({ width: 2, height: 1, channels: 1, rgba: Uint8ClampedArray.of(127, 127, 127, 255, 128, 128, 128, 255) }).data,
    ]).toEqual([0, 1]);
  });
});
