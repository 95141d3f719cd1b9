import { describe, expect, it } from 'vitest';
import { BadImageError } from '../geometry/index.ts';
import { decodeFloat32Tiff, encodeFloat32Tiff } from './float32-tiff.ts';

const map = { width: 3, height: 2, data: Float32Array.from([0, -1.5, 3.25e-20, 65504.5, 1 / 3, -0]) };

describe('float32 TIFF', () => {
  it('gives every value back bit by bit', () => {
    const got = decodeFloat32Tiff(encodeFloat32Tiff(map));
    expect(got.width).toBe(3);
    expect(got.height).toBe(2);
    expect(new Uint32Array(got.data.buffer)).toEqual(new Uint32Array(map.data.buffer));
  });

  it('is a little-endian baseline TIFF of one 32-bit float strip', () => {
    const bytes = encodeFloat32Tiff(map);
    expect(bytes.toString('latin1', 0, 4)).toBe('II*\0');
    const directory = bytes.readUInt32LE(4);
    const entries = Array.from({ length: bytes.readUInt16LE(directory) }, (_, i) => {
      const at = directory + 2 + 12 * i;
      const type = bytes.readUInt16LE(at + 2);
      return [bytes.readUInt16LE(at), type === 3 ? bytes.readUInt16LE(at + 8) : bytes.readUInt32LE(at + 8)];
    });
    expect(entries).toEqual([
      [256, 3],
      [257, 2],
      [258, 32],
      [259, 1],
      [262, 1],
      [273, 8],
      [277, 1],
      [278, 2],
      [279, 24],
      [339, 3],
    ]);
    expect(bytes.readUInt32LE(directory + 2 + 12 * entries.length)).toBe(0);
    expect(bytes.readFloatLE(8 + 4)).toBe(-1.5);
  });

  it('reading refuses 10,000 mutated files or reads them whole, and nothing else', () => {
    const original = encodeFloat32Tiff(map);
    let state = 7;
    const random = (below: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
    let refused = 0;
    for (let round = 0; round < 10_000; round++) {
      const bytes = Buffer.from(original.subarray(0, random(3) === 0 ? random(original.length) : original.length));
      for (let hits = random(4); hits > 0 && bytes.length > 0; hits--) bytes[random(bytes.length)] = random(256);
      try {
        const got = decodeFloat32Tiff(bytes, 'm.tiff');
        if (got.data.length !== got.width * got.height) throw new Error(`round ${round}: half a map`);
      } catch (error) {
        if (!(error instanceof BadImageError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(3000);
    expect(refused).toBeLessThan(10_000);
  });
});
