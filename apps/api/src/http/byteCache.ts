/** What was made lately, up to a bound in bytes; the longest unused goes first. Asked for twice at once, it is made once. */
export class ByteCache<Value extends { readonly byteLength: number }> {
  readonly #most: number;
  readonly #kept = new Map<string, Value>();
  readonly #making = new Map<string, Promise<Value>>();
  #bytes = 0;

  /** @param most bytes that are kept at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param make what makes it where it is not kept; its failure is the caller's and is not kept */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const making = this.#making.get(key) ?? make().finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    const value = await making;
    this.#keep(key, value);
    return value;
  }

  #keep(key: string, value: Value): void {
    if (this.#kept.has(key)) return;
    this.#kept.set(key, value);
    this.#bytes += value.byteLength;
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#bytes <= this.#most) break;
      this.#kept.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
