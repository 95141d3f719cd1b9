import sharp from 'sharp';

const [columns, rows] = [9, 8];

/** 8-bit pixels, rows from the top, channels interleaved. */
export interface Picture8 {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** The pixels [from, to) of a line of `length` that lie in each of `fields` equal parts, and how much of the first and last of them. */
function parts(length: number, fields: number): { from: number; to: number; first: number; last: number }[] {
  return Array.from({ length: fields }, (_, field) => {
    const [start, end] = [(field * length) / fields, ((field + 1) * length) / fields];
    const [from, to] = [Math.floor(start), Math.ceil(end)];
    // Within one pixel its two ends are cut off the same one.
    return { from, to, first: to - from === 1 ? end - start : from + 1 - start, last: end - (to - 1) };
  });
}

/** Adds `share` of the line of pixels at `at` to the sums of its columns. */
function addLine(sums: Float64Array, data: Uint8Array, at: number, channels: 1 | 3, share: number): void {
  const { length } = sums;
  if (channels === 1) for (let x = 0; x < length; x++) sums[x]! += data[at + x]! * share;
  else for (let x = 0; x < length; x++, at += 3) sums[x]! += (data[at]! + data[at + 1]! + data[at + 2]!) * share;
}

/** Mean level (0–255, rounded) of each of `columns` × `rows` equal fields of the picture, over all channels. */
function fieldLevels({ data, width, height, channels }: Picture8): Uint8Array {
  const [across, down] = [parts(width, columns), parts(height, rows)];
  const sums = new Float64Array(columns * rows);
  // Down first: its additions wait for no other, and every pixel takes part in one (two where it lies on the edge of two rows of fields).
  const line = new Float64Array(width);
  down.forEach(({ from, to, first, last }, row) => {
    line.fill(0);
    for (let y = from; y < to; y++) addLine(line, data, y * width * channels, channels, y === from ? first : y === to - 1 ? last : 1);
    across.forEach((part, column) => {
      let sum = line[part.from]! * part.first;
      for (let x = part.from + 1; x < part.to - 1; x++) sum += line[x]!;
      if (part.to - part.from > 1) sum += line[part.to - 1]! * part.last;
      sums[row * columns + column] = sum;
    });
  });
  const area = (width * height * channels) / sums.length;
  return Uint8Array.from(sums, (sum) => Math.round(sum / area));
}

/**
 * 64-bit difference hash of a picture: shrunk to 9 × 8 grey levels, a bit for each place that is darker than its right neighbour. Near-identical
 * pictures (saved again, scaled, a little brighter) differ in few bits. Signed, as a database keeps 64 bits.
 */
export function differenceHashOf(picture: Picture8): bigint {
  const levels = fieldLevels(picture);
  let hash = 0n;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns - 1; x++) hash = (hash << 1n) | (levels[y * columns + x]! < levels[y * columns + x + 1]! ? 1n : 0n);
  return BigInt.asIntN(64, hash);
}

/**
 * The difference hash of an encoded picture.
 * @param picture e.g. a thumbnail: the hash needs no more
 */
export async function differenceHash(picture: Buffer): Promise<bigint> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return differenceHashOf({ data, width: info.width, height: info.height, channels: 3 });
}
