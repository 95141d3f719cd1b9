import { setImmediate } from 'node:timers/promises';
import type { Split } from './dataset.ts';
import { sourceOf } from './name-pattern.ts';

export interface HashedImage {
  readonly id: string;
  readonly name: string;
  readonly split: Split;
  /** 64 bits, signed as the database keeps them; null where none could be computed. */
  readonly hash: bigint | null;
}

/** Two images on different sides of a split. */
export interface LeakPairFound {
  readonly image: string;
  readonly other: string;
  /** Bits in which the hashes differ; null for a pair that its names alone tell. */
  readonly distance: number | null;
  /** The source that both names tell; null for a pair that looks alone tell. */
  readonly source: string | null;
}

export interface LeaksFound {
  /** The nearest first, those of one source last. */
  readonly pairs: readonly LeakPairFound[];
  /** How many there are in all. */
  readonly count: number;
}

/** Bits set in 32. */
export function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Comparisons between two looks at what else waits. */
const breath = 2_000_000;

/**
 * Pairs of images in different splits whose hashes differ in at most `distance` bits. Two such hashes agree in at least one of `distance + 1` bands of
 * bits, so only images that share a band are compared. Lets other work in between.
 * @param distance 0 … 16
 * @param most pairs kept; all are counted
 */
export async function nearPairs(images: readonly HashedImage[], distance: number, most: number): Promise<LeaksFound> {
  const known = images.filter((image): image is HashedImage & { hash: bigint } => image.hash !== null);
  const low = Uint32Array.from(known, ({ hash }) => Number(BigInt.asUintN(32, hash)));
  const high = Uint32Array.from(known, ({ hash }) => Number(BigInt.asUintN(32, hash >> 32n)));
  const bands = distance + 1;
  const keys = known.map(({ hash }) => {
    const bits = BigInt.asUintN(64, hash);
    return Array.from({ length: bands }, (_, band) => {
      const [from, to] = [Math.floor((64 * band) / bands), Math.floor((64 * (band + 1)) / bands)];
      return Number((bits >> BigInt(from)) & ((1n << BigInt(Math.min(to - from, 53))) - 1n));
    });
  });
  const found: (LeakPairFound & { readonly distance: number })[] = [];
  let count = 0;
  let compared = 0;
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<number, number[]>();
    keys.forEach((key, index) => {
      const bucket = buckets.get(key[band]!);
      if (bucket) bucket.push(index);
      else buckets.set(key[band]!, [index]);
    });
    for (const bucket of buckets.values()) {
      for (let i = 0; i < bucket.length; i++) {
        const a = bucket[i]!;
        compared += bucket.length - i;
        if (compared > breath) {
          compared = 0;
          await setImmediate();
        }
        for (let j = i + 1; j < bucket.length; j++) {
          const b = bucket[j]!;
          if (known[a]!.split === known[b]!.split) continue;
          const bits = bitCount(low[a]! ^ low[b]!) + bitCount(high[a]! ^ high[b]!);
          // A pair that shares several bands is counted in the first of them.
          if (bits > distance || keys[a]!.slice(0, band).some((key, earlier) => key === keys[b]![earlier])) continue;
          count += 1;
          found.push({ image: known[a]!.id, other: known[b]!.id, distance: bits, source: null });
          if (found.length >= 4 * most) keepNearest(found, most);
        }
      }
    }
  }
  keepNearest(found, most);
  return { pairs: found, count };
}

function keepNearest(found: { distance: number | null }[], most: number): void {
  found.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  found.length = Math.min(found.length, most);
}

/** Images of one source in different splits: each is paired with the source's first image in another split. */
export function sourcePairs(images: readonly HashedImage[], pattern: string, most: number): LeaksFound {
  const read = sourceOf(pattern);
  const bySource = new Map<string, HashedImage[]>();
  for (const image of images) {
    const source = read(image.name);
    if (source === null) continue;
    const group = bySource.get(source);
    if (group) group.push(image);
    else bySource.set(source, [image]);
  }
  const pairs: LeakPairFound[] = [];
  let count = 0;
  for (const [source, group] of bySource) {
    const [first] = group;
    for (const image of group) {
      if (!first || image.split === first.split) continue;
      count += 1;
      if (pairs.length < most) pairs.push({ image: first.id, other: image.id, distance: null, source });
    }
  }
  return { pairs, count };
}

const heldOut: Readonly<Record<Split, number>> = { train: 0, validation: 1, test: 2 };

/**
 * Where images of leaking pairs have to go so that none is on two sides: all that hang together go to the side among theirs that is held out most,
 * since what is measured on must not have been learnt. Images that stay are not among the answers.
 */
export function sidesWithoutLeak(
  pairs: readonly { readonly image: string; readonly other: string }[],
  splitOf: (id: string) => Split,
): Map<string, Split> {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    while ((parent.get(at) ?? at) !== at) at = parent.get(at)!;
    parent.set(id, at);
    return at;
  };
  for (const { image, other } of pairs) parent.set(root(image), root(other));
  const side = new Map<string, Split>();
  const ids = new Set(pairs.flatMap(({ image, other }) => [image, other]));
  for (const id of ids) {
    const known = side.get(root(id));
    if (!known || heldOut[splitOf(id)] > heldOut[known]) side.set(root(id), splitOf(id));
  }
  return new Map([...ids].flatMap((id): [string, Split][] => (side.get(root(id)) === splitOf(id) ? [] : [[id, side.get(root(id))!]])));
}
