const digitBits = 11;
const radix = 1 << digitBits;

/** Sorts keys ascending in place and their companions along with them: three stable passes of 11 bits, linear in their number. */
export function radixSort(keys: Uint32Array, companions: Uint32Array): void {
  let from = keys;
  let to: Uint32Array = new Uint32Array(keys.length);
  let fromCompanion = companions;
  let toCompanion: Uint32Array = new Uint32Array(keys.length);
  const start = new Uint32Array(radix);
  for (let shift = 0; shift < 32; shift += digitBits) {
    start.fill(0);
    for (let i = 0; i < from.length; i++) {
      const digit = (from[i]! >>> shift) & (radix - 1);
      start[digit] = start[digit]! + 1;
    }
    for (let digit = 0, sum = 0; digit < radix; digit++) {
      const count = start[digit]!;
      start[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < from.length; i++) {
      const key = from[i]!;
      const digit = (key >>> shift) & (radix - 1);
      const at = start[digit]!;
      start[digit] = at + 1;
      to[at] = key;
      toCompanion[at] = fromCompanion[i]!;
    }
    [from, to] = [to, from];
    [fromCompanion, toCompanion] = [toCompanion, fromCompanion];
  }
  // Three passes end in the second pair of arrays.
  keys.set(from);
  companions.set(fromCompanion);
}
