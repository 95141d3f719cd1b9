/**
 * The parts of a PNG without its tRNS chunk, which makes a colour or entries of its palette transparent: a canvas would darken them, and the stored
 * colours are what is wanted. Everything else stays as it is, damage too.
 */
export function withoutTransparency(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === 'tRNS') return [bytes.subarray(0, at), bytes.subarray(end)];
    if (kind === 'IDAT') break;
    at = end;
  }
  return [bytes];
}
