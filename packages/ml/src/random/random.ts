/**
 * Deterministic random numbers: mulberry32, one 32-bit word of state that can be stored and given back.
 * The reference cases define their weights by the same stream.
 */
export class Random {
  #state: number;

  /** @param state 32-bit word; equal words give equal streams */
  constructor(state: number) {
    this.#state = state >>> 0;
  }

  /** A stream of its own for each list of keys, e.g. (seed, image id, patch index). */
  static of(...keys: readonly (string | number)[]): Random {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(keys.join('\n'))) hash = Math.imul(hash ^ byte, 0x01000193);
    // FNV leaves neighbouring keys alike in their high bits; this finaliser (murmur3's) spreads them.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return new Random(hash ^ (hash >>> 16));
  }

  /** What `new Random(state)` continues from. */
  get state(): number {
    return this.#state;
  }

  /** Uniform in [0, 1), a multiple of 2⁻³². */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Standard normal numbers, by Box & Muller (1958): two from two uniform ones, the last of an odd count from two as well. */
  normals(count: number): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      // 1 − u keeps the logarithm's argument off zero.
      const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
      const angle = 2 * Math.PI * this.next();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
    }
    return values;
  }

  /** The numbers 0 … count − 1 in random order (Fisher–Yates). */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }
}
