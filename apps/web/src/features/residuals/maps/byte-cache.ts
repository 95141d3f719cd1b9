/**
 * Least-recently-used cache bounded in bytes. An entry larger than the whole bound is handed out but not kept.
 * Reading an entry makes it the most recent one.
 */
export class ByteCache<V> {
  readonly limit: number;
  #bytes = 0;
  readonly #entries = new Map<string, { value: V; bytes: number }>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Sum of the kept entries' bytes; never above the limit. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.delete(key);
    if (bytes > this.limit) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.limit) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}
