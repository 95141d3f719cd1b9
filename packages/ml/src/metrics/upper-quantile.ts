import { BadScoresError, bitsOf, sortableKey, valueOfKey } from './float-keys.ts';
import { requireShare } from './quantile.ts';

/**
 * A quantile of values shown once, a map at a time, exact (linear between neighbours, as quantileOfMaps). Of at most `most` values it keeps the highest
 * (1 − q)·most + 2, none of which a later value can make needless to know; twice that at its fullest: 1 % of all pixels for the 99.5 % quantile.
 */
export class UpperQuantile {
  readonly #q: number;
  readonly #most: number;
  readonly #keep: number;
  /** Keys of the highest values; what lies below the kept ones is dropped whenever the buffer is full. */
  #keys: Uint32Array;
  #filled = 0;
  #floor = 0;
  #count = 0;

  /** @param most how many values will be shown at most */
  constructor(q: number, most: number) {
    requireShare(q);
    this.#q = q;
    this.#most = most;
    this.#keep = Math.min(most - Math.floor(q * Math.max(most - 1, 0)) + 1, most);
    this.#keys = new Uint32Array(Math.min(2 * this.#keep + 1024, most));
  }

  /** @throws BadScoresError where a value is not finite or more come than were announced */
  add(map: Float32Array): void {
    this.#count += map.length;
    if (this.#count > this.#most) throw new BadScoresError(`a quantile of ${this.#most} values was shown ${this.#count}`);
    const bits = bitsOf(map);
    for (let i = 0; i < bits.length; i++) {
      const key = sortableKey(bits[i]!);
      // One that equals the floor would only take an equal one's place.
      if (key <= this.#floor) continue;
      if (this.#filled === this.#keys.length) this.#prune();
      this.#keys[this.#filled++] = key;
    }
  }

  #prune(): void {
    const sorted = this.#keys.subarray(0, this.#filled).sort();
    const from = this.#filled - this.#keep;
    if (from <= 0) return;
    this.#floor = sorted[from]!;
    this.#keys.copyWithin(0, from, this.#filled);
    this.#filled = this.#keep;
  }

  /** @throws BadScoresError where nothing was shown */
  value(): number {
    if (this.#count === 0) throw new BadScoresError('a quantile of no values does not exist');
    const sorted = this.#keys.subarray(0, this.#filled).sort();
    const at = this.#q * (this.#count - 1);
    const low = Math.floor(at);
    const of = (rank: number): number => valueOfKey(sorted[sorted.length - (this.#count - rank)]!);
    return at === low ? of(low) : of(low) + (of(low + 1) - of(low)) * (at - low);
  }
}
