import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BadImageError, type FloatMap } from '../geometry/index.ts';
import { entryBytes, float32Tiff, headerBytes, ieeeFloat, long, short, tag } from './float32-tiff-bytes.ts';

export { float32TiffBytes } from './float32-tiff-bytes.ts';

/** See float32Tiff. */
export function encodeFloat32Tiff(map: FloatMap): Buffer {
  return Buffer.from(float32Tiff(map).buffer);
}

/** Writes the map as float32 TIFF, see encodeFloat32Tiff. */
export async function writeFloat32Tiff(path: string, map: FloatMap): Promise<void> {
  await writeFile(path, encodeFloat32Tiff(map));
}

function directoryOf(bytes: Buffer, refuse: (why: string) => BadImageError): Map<number, number> {
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, 4) !== 'II*\0') throw refuse('it has no little-endian TIFF header');
  const directory = bytes.readUInt32LE(4);
  if (directory + 2 > bytes.length) throw refuse('its directory lies beyond its end');
  const count = bytes.readUInt16LE(directory);
  if (directory + 2 + count * entryBytes > bytes.length) throw refuse('its directory is cut off');
  const values = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + i * entryBytes;
    const type = bytes.readUInt16LE(at + 2);
    if (bytes.readUInt32LE(at + 4) !== 1) continue;
    if (type === short) values.set(bytes.readUInt16LE(at), bytes.readUInt16LE(at + 8));
    else if (type === long) values.set(bytes.readUInt16LE(at), bytes.readUInt32LE(at + 8));
  }
  return values;
}

/**
 * Reads a float32 TIFF of the form that encodeFloat32Tiff writes (uncompressed, one strip, one channel).
 * @throws BadImageError for anything else
 */
export function decodeFloat32Tiff(bytes: Buffer, name = 'the map'): FloatMap {
  const refuse = (why: string) =>
    new BadImageError('unsupported', `${name} is not a map written by this program (${why}): export it again.`);
  const values = directoryOf(bytes, refuse);
  const expected: readonly (readonly [number, number])[] = [
    [tag.bitsPerSample, 32],
    [tag.compression, 1],
    [tag.samplesPerPixel, 1],
    [tag.sampleFormat, ieeeFloat],
  ];
  for (const [id, value] of expected)
    if (values.get(id) !== value) throw refuse(`tag ${id} is ${values.get(id) ?? 'missing'}, not ${value}`);
  const [width, height, offset] = [values.get(tag.width) ?? 0, values.get(tag.height) ?? 0, values.get(tag.stripOffsets) ?? 0];
  const length = width * height * 4;
  if (width < 1 || height < 1 || offset < headerBytes || offset + length > bytes.length || values.get(tag.stripByteCounts) !== length)
    throw refuse('its size and its pixels do not fit together');
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = bytes.readFloatLE(offset + 4 * i);
  return { width, height, data };
}

/** Reads a float32 TIFF file, see decodeFloat32Tiff. */
export async function readFloat32Tiff(path: string): Promise<FloatMap> {
  return decodeFloat32Tiff(await readFile(path), basename(path));
}
