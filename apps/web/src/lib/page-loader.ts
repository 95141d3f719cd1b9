/** What is looked at of a list: entries `from` … `to` − 1. */
export interface ListRange {
  readonly from: number;
  readonly to: number;
}

export interface PageLoaderOptions {
  /** Reads so many entries from a place on. */
  readonly load: (skip: number, first: number) => Promise<unknown>;
  /** Whether any entry of a range is not there, by what has been read up to this moment. */
  readonly misses: (range: ListRange) => boolean;
  /** Told why a page that is looked at could not be read, and how to ask for it again. */
  readonly onFailed: (error: unknown, again: () => void) => void;
  /** Entries of a page. */
  readonly page: number;
  /** Most pages asked for at a time. */
  readonly atOnce: number;
}

/** Loads what is looked at of a long list, page by page. What was scrolled past before its turn came is not asked for. */
export class PageLoader {
  readonly #options: PageLoaderOptions;
  readonly #asked = new Set<number>();
  #wanted: ListRange = { from: 0, to: 0 };

  constructor(options: PageLoaderOptions) {
    this.#options = options;
  }

  /** These are looked at now; an earlier wish is forgotten. */
  want(range: ListRange): void {
    this.#wanted = range;
    this.#ask();
  }

  /** Reads all of a range, whatever is looked at. @throws what reading throws */
  async all({ from, to }: ListRange): Promise<void> {
    const { load, misses, page } = this.#options;
    for (let at = Math.floor(from / page) * page; at < to; at += page) if (misses({ from: at, to: at + page })) await load(at, page);
  }

  #ask(): void {
    const { load, misses, onFailed, page, atOnce } = this.#options;
    const { from, to } = this.#wanted;
    for (let at = Math.floor(from / page) * page; at < to && this.#asked.size < atOnce; at += page) {
      if (this.#asked.has(at) || !misses({ from: at, to: at + page })) continue;
      this.#asked.add(at);
      const answered = (): void => void this.#asked.delete(at);
      load(at, page).then(
        () => {
          answered();
          this.#ask();
        },
        // Asking at once would ask forever.
        (error: unknown) => {
          answered();
          onFailed(error, () => this.#ask());
        },
      );
    }
  }
}
