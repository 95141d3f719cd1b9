import sharp from 'sharp';

const [columns, rows] = [9, 8];

/**
 * 64-bit difference hash of a picture: shrunk to 9 × 8 grey levels, a bit for each place that is darker than its right neighbour. Near-identical
 * pictures (saved again, scaled, a little brighter) differ in few bits. Signed, as a database keeps 64 bits.
 * @param picture encoded, e.g. a thumbnail: the hash needs no more
 */
export async function differenceHash(picture: Buffer): Promise<bigint> {
  const levels = await sharp(picture)
    .removeAlpha()
    .toColourspace('b-w')
    .resize(columns, rows, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  let hash = 0n;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns - 1; x++) hash = (hash << 1n) | (levels[y * columns + x]! < levels[y * columns + x + 1]! ? 1n : 0n);
  return BigInt.asIntN(64, hash);
}
