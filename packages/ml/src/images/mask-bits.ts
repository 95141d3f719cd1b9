import type { Mask } from '../geometry/index.ts';

/** CRC-32 as PNG has it, of the chunk's type and data. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Rows of one bit a pixel, the first in the highest bit, each behind its filter byte 0. */
function packedRows({ width, height, data }: Mask): Uint8Array<ArrayBuffer> {
  const line = 1 + Math.ceil(width / 8);
  const rows = new Uint8Array(line * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (data[y * width + x]) rows[y * line + 1 + (x >> 3)]! |= 0x80 >> (x & 7);
  return rows;
}

/**
 * The mask as a grey PNG of one bit a pixel, exact by construction. For the browser, whose canvas may not give back the pixels that were put into it
 * (privacy protection adds noise); needs `CompressionStream`, which Node has as well.
 */
export async function encodeMaskBits(mask: Mask): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, mask.width);
  view.setUint32(4, mask.height);
  header[8] = 1;
  const stream = new Blob([packedRows(mask)]).stream().pipeThrough(new CompressionStream('deflate'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return new Uint8Array(
    await new Blob([signature, chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', new Uint8Array())]).arrayBuffer(),
  );
}
