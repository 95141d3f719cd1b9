/** The things used last, so many of them; what falls out is let go of. */
export class Recent<Kept> {
  readonly #most: number;
  readonly #letGo: (kept: Kept) => void;
  readonly #kept = new Map<string, Kept>();

  constructor(most: number, letGo: (kept: Kept) => void = () => undefined) {
    this.#most = most;
    this.#letGo = letGo;
  }

  /** What is kept under a key, made where there is nothing. */
  get(key: string, make: () => Kept): Kept {
    const kept = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
      this.#letGo(old);
    }
    return kept;
  }
}
