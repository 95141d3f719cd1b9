/** Numbers drawn from a named seed: the same name gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform angle in [0, 2π). */
  angle(): number;
  /** −1 or 1. */
  sign(): 1 | -1;
}

/** 32-bit FNV-1a, so that a seed can be a readable path such as "brick/test/scratch/003". */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Mulberry32: small, fast, good enough for placing crops and defects (not for secrets). */
export function randomFrom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    between: (low, high) => low + (high - low) * next(),
    angle: () => 2 * Math.PI * next(),
    sign: () => (next() < 0.5 ? -1 : 1),
  };
}
