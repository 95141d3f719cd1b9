export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'tiff' | 'gif' | 'bmp';

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
const unsigned32 = (bytes: Uint8Array, at: number, littleEndian = false) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, littleEndian);

/** Image format by the first bytes, never by the file's name; null for anything else (only these few are ever handed to a decoder). */
export function sniffFormat(bytes: Uint8Array): ImageFormat | null {
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(ascii(bytes, 0, 4))) return 'tiff';
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return 'gif';
  if (ascii(bytes, 0, 2) === 'BM' && bytes.length >= 26 && unsigned32(bytes, 14, true) >= 12 && unsigned32(bytes, 14, true) <= 256)
    return 'bmp';
  return null;
}

/** Frames of a PNG, from its animation control chunk; 1 for an ordinary one. Decoders show the first frame of several without a word. */
export function pngFrames(bytes: Uint8Array): number {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + unsigned32(bytes, at)) {
    const kind = ascii(bytes, at + 4, at + 8);
    if (kind === 'acTL') return unsigned32(bytes, at + 8);
    if (kind === 'IDAT') break;
  }
  return 1;
}
