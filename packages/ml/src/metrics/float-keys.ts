/** Values that metrics cannot rank: not a number, infinite, of the wrong number, or none at all. */
export class BadScoresError extends Error {
  override readonly name = 'BadScoresError';
}

const signBit = 0x80000000;
const exponentBits = 0x7f800000;

/** The bits of a float32 array, without copying. */
export function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

/**
 * Bits of a float32 as an unsigned integer that orders like the value, −0 equal to 0.
 * @throws BadScoresError where the value is not finite
 */
export function sortableKey(bits: number): number {
  if ((bits & exponentBits) === exponentBits)
    throw new BadScoresError('a score is not a finite number; the map that holds it is damaged and must be computed again');
  if (bits === signBit) return signBit;
  return bits & signBit ? ~bits >>> 0 : (bits | signBit) >>> 0;
}

const scratch = new Uint32Array(1);
const scratchFloat = new Float32Array(scratch.buffer);

/** The float32 value of a key. */
export function valueOfKey(key: number): number {
  scratch[0] = key & signBit ? key ^ signBit : ~key;
  return scratchFloat[0]!;
}
