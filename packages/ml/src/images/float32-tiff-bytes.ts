import type { FloatMap } from '../geometry/index.ts';

/** Baseline TIFF tags that a float32 map needs, in the ascending order that the format demands. */
export const tag = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  sampleFormat: 339,
} as const;
export const short = 3;
export const long = 4;
export const headerBytes = 8;
export const entryBytes = 12;
export const ieeeFloat = 3;
const entryCount = Object.keys(tag).length;

/** Bytes of the TIFF of a map of this size, known before it is computed. */
export const float32TiffBytes = (width: number, height: number): number =>
  headerBytes + width * height * 4 + 2 + entryCount * entryBytes + 4;

/** The map as an uncompressed, little-endian, single-strip float32 TIFF: pixels first, then the directory. */
export function float32Tiff(map: FloatMap): Uint8Array<ArrayBuffer> {
  const pixelBytes = map.data.length * 4;
  const entries: readonly (readonly [number, number, number])[] = [
    [tag.width, long, map.width],
    [tag.height, long, map.height],
    [tag.bitsPerSample, short, 32],
    [tag.compression, short, 1],
    [tag.photometric, short, 1],
    [tag.stripOffsets, long, headerBytes],
    [tag.samplesPerPixel, short, 1],
    [tag.rowsPerStrip, long, map.height],
    [tag.stripByteCounts, long, pixelBytes],
    [tag.sampleFormat, short, ieeeFloat],
  ];
  const directory = headerBytes + pixelBytes;
  const bytes = new Uint8Array(float32TiffBytes(map.width, map.height));
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, directory, true);
  map.data.forEach((value, i) => view.setFloat32(headerBytes + 4 * i, value, true));
  view.setUint16(directory, entries.length, true);
  entries.forEach(([id, type, value], i) => {
    const at = directory + 2 + i * entryBytes;
    view.setUint16(at, id, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
    if (type === short) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
  });
  return bytes;
}
