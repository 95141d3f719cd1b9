import type { ImportPlaceInput } from '#web/graphql/generated/graphql.ts';
import type { ChosenFile } from './dropped-files.ts';
import { inLanes, type UploadState } from './upload-queue.ts';

/** A file of a batch, as it is remembered beyond the page. */
export interface BatchFile {
  readonly path: string;
  readonly size: number;
  /** Milliseconds; with path and size it tells a file that is chosen again. */
  readonly modified: number;
  readonly place?: ImportPlaceInput;
}

/** What the server holds of a file. */
export interface Arrival {
  readonly uploadId: string;
  readonly bytes: number;
  readonly whole: boolean;
}

export interface RememberedBatch {
  readonly id: string;
  readonly datasetId: string;
  readonly files: readonly BatchFile[];
  readonly arrived: readonly (Arrival | null)[];
}

/** How files get to the server. */
export interface Transport {
  /** Sends what is missing of a file and gives the upload's id. `known`: the upload of an earlier try, which goes on where it stopped. */
  send(
    file: ChosenFile,
    known: string | null,
    signal: AbortSignal,
    on: { readonly begun: (uploadId: string) => void; readonly progress: (bytes: number) => void },
  ): Promise<string>;
  /** Takes an upload off the server, unfinished or not. */
  discard(uploadId: string): Promise<void>;
}

/** What survives the page. Failing to remember must never fail an upload. */
export interface Memory {
  /** Takes a batch for this page until it is forgotten or the page ends; false where another page of this browser has it. */
  claim(id: string): Promise<boolean>;
  save(batch: Omit<RememberedBatch, 'arrived'>): Promise<void>;
  note(id: string, arrived: RememberedBatch['arrived']): Promise<void>;
  forget(id: string): Promise<void>;
  all(): Promise<readonly RememberedBatch[]>;
}

/** Starts the import of what arrived: the import's id, or why there is none. */
export type BeginImport = (
  datasetId: string,
  files: readonly { readonly path: string; readonly uploadId: string; readonly place: ImportPlaceInput | null }[],
) => Promise<{ readonly importId: string } | { readonly reason: string }>;

interface Entry {
  readonly file: BatchFile;
  chosen: ChosenFile | null;
  arrival: Arrival | null;
}

interface Batch {
  state: UploadState;
  entries: Entry[];
  stop: AbortController;
  begin: BeginImport | null;
}

const lanes = 4;
const noteEveryMs = 1_000;
const sameFile = (file: BatchFile, { path, file: { size, lastModified } }: ChosenFile): boolean =>
  file.path === path && file.size === size && file.modified === lastModified;

/**
 * Uploads of many files: those of one dataset follow one another, so that none is dropped and each becomes an import of its own. Every batch is
 * remembered until it was handed over or discarded; after a reload it is there again, interrupted, and goes on when its files are chosen again.
 */
export class UploadBatches {
  readonly #batches = new Map<string, Batch>();
  readonly #listeners = new Set<() => void>();
  readonly #views = new Map<string, readonly UploadState[]>();
  readonly #transport: Transport;
  readonly #memory: Memory;
  #number = 0;

  constructor(transport: Transport, memory: Memory) {
    this.#transport = transport;
    this.#memory = memory;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The batches of a dataset, oldest first; the same array until something changes. */
  of(datasetId: string): readonly UploadState[] {
    const view = this.#views.get(datasetId) ?? this.#ofDataset(datasetId).map(({ state }) => state);
    this.#views.set(datasetId, view);
    return view;
  }

  /** True while leaving the page would interrupt something. */
  get active(): boolean {
    return [...this.#batches.values()].some(({ state: { phase } }) => phase === 'waiting' || phase === 'sending' || phase === 'starting');
  }

  /** Sends files after those that wait before them, then starts their import. */
  add(datasetId: string, chosen: readonly ChosenFile[], begin: BeginImport): string {
    this.#number += 1;
    const id = `${Date.now()}-${this.#number}`;
    const entries = chosen.map((one) => ({
      file: { path: one.path, size: one.file.size, modified: one.file.lastModified, ...(one.place && { place: one.place }) },
      chosen: one,
      arrival: null,
    }));
    this.#put({ id, datasetId, entries, begin, phase: 'waiting' });
    // Claimed before it can be found: another tab that opens now would take it for interrupted.
    void this.#memory.claim(id).then(() => {
      if (this.#batches.has(id) && this.#batches.get(id)?.state.phase !== 'done')
        void this.#memory.save({ id, datasetId, files: entries.map(({ file }) => file) });
    });
    this.#pump(datasetId);
    return id;
  }

  /** Brings back what an earlier page left unfinished, but not what a page beside this one is sending. */
  async recall(): Promise<void> {
    for (const { id, datasetId, files, arrived } of await this.#memory.all()) {
      if (this.#batches.has(id) || files.length === 0 || !(await this.#memory.claim(id))) continue;
      const entries = files.map((file, index) => ({ file, chosen: null, arrival: arrived[index] ?? null }));
      this.#put({ id, datasetId, entries, begin: null, phase: 'interrupted' });
    }
  }

  /** Gives chosen files to the interrupted batches that miss them; those that none misses come back. */
  resume(datasetId: string, chosen: readonly ChosenFile[], begin: BeginImport): ChosenFile[] {
    const left = new Map(chosen.map((one) => [one.path, one]));
    for (const batch of this.#ofDataset(datasetId)) {
      if (batch.state.phase !== 'interrupted') continue;
      for (const entry of batch.entries) {
        const match = left.get(entry.file.path);
        if (!match || !sameFile(entry.file, match)) continue;
        left.delete(match.path);
        entry.chosen = match;
      }
      this.#wakeIfWhole(batch, begin);
    }
    return [...left.values()];
  }

  /** Goes on with what is there of an interrupted batch, without the files that were not chosen again. */
  goOnWithout(id: string, begin: BeginImport): void {
    const batch = this.#batches.get(id);
    if (batch?.state.phase !== 'interrupted') return;
    const dropped = batch.entries.filter(isMissing);
    batch.entries = batch.entries.filter((entry) => !isMissing(entry));
    if (batch.entries.length === 0) return void this.discard(id);
    void this.#discardAll(dropped);
    void this.#memory.save({ id, datasetId: batch.state.datasetId, files: batch.entries.map(({ file }) => file) });
    void this.#memory.note(id, arrivalsOf(batch));
    this.#wakeIfWhole(batch, begin);
  }

  /** Tries a failed batch again; what arrived is not sent twice. */
  retry(id: string): void {
    const batch = this.#batches.get(id);
    if (batch?.state.phase !== 'failed') return;
    batch.stop = new AbortController();
    this.#update(batch, { phase: 'waiting', reason: null });
    this.#pump(batch.state.datasetId);
  }

  /** Ends a batch and takes what arrived of it off the server. */
  async discard(id: string): Promise<void> {
    const batch = this.#batches.get(id);
    if (!batch) return;
    batch.stop.abort();
    this.#remove(batch);
    this.#pump(batch.state.datasetId);
    await this.#discardAll(batch.entries);
  }

  /** Takes a batch off the list whose import has begun. */
  handedOver(id: string): void {
    const batch = this.#batches.get(id);
    if (batch?.state.phase === 'done') this.#remove(batch);
  }

  #ofDataset(datasetId: string): Batch[] {
    return [...this.#batches.values()].filter(({ state }) => state.datasetId === datasetId);
  }

  #put({ id, datasetId, entries, begin, phase }: Pick<Batch, 'entries' | 'begin'> & Pick<UploadState, 'id' | 'datasetId' | 'phase'>): void {
    const state = { id, datasetId, phase, startedAt: Date.now(), reason: null, importId: null, bytesBefore: 0, ...countsOf(entries) };
    this.#batches.set(id, { state, entries, begin, stop: new AbortController() });
    this.#changed();
  }

  #wakeIfWhole(batch: Batch, begin: BeginImport): void {
    batch.begin = begin;
    this.#update(batch, { ...countsOf(batch.entries), ...(batch.entries.some(isMissing) ? {} : { phase: 'waiting' }) });
    this.#pump(batch.state.datasetId);
  }

  #pump(datasetId: string): void {
    const batches = this.#ofDataset(datasetId);
    if (batches.some(({ state: { phase } }) => phase === 'sending' || phase === 'starting')) return;
    const next = batches.find(({ state: { phase } }) => phase === 'waiting');
    if (next) void this.#run(next).finally(() => this.#pump(datasetId));
  }

  async #run(batch: Batch): Promise<void> {
    const { signal } = batch.stop;
    const { id, datasetId } = batch.state;
    const begun = countsOf(batch.entries);
    this.#update(batch, { phase: 'sending', startedAt: Date.now(), ...begun, bytesBefore: begun.bytesSent });
    const note = this.#noter(batch);
    const pending = batch.entries.filter(({ arrival }) => !arrival?.whole);
    try {
      await inLanes(pending, lanes, signal, async (entry) => {
        const told = (uploadId: string, bytes: number, whole: boolean) => {
          const { filesSent, bytesSent } = batch.state;
          const more = bytes - (entry.arrival?.bytes ?? 0);
          entry.arrival = { uploadId, bytes, whole };
          if (!signal.aborted) this.#update(batch, { filesSent: filesSent + Number(whole), bytesSent: bytesSent + more });
          note();
        };
        let known = entry.arrival?.uploadId ?? '';
        const uploadId = await this.#transport.send(entry.chosen!, known || null, signal, {
          begun: (uploadId) => ((known = uploadId), told(uploadId, entry.arrival?.bytes ?? 0, false)),
          progress: (bytes) => told(known, bytes, false),
        });
        told(uploadId, entry.file.size, true);
      });
      if (signal.aborted) return;
      this.#update(batch, { phase: 'starting' });
      const files = batch.entries.map(({ file, arrival }) => ({
        path: file.path,
        uploadId: arrival?.uploadId ?? '',
        place: file.place ?? null,
      }));
      const result = await batch.begin!(datasetId, files);
      if ('reason' in result) this.#update(batch, { phase: 'failed', reason: result.reason });
      else {
        this.#update(batch, { phase: 'done', importId: result.importId });
        void this.#memory.forget(id);
      }
    } catch (failure) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      if (!signal.aborted) this.#update(batch, { phase: 'failed', reason });
    }
  }

  /** Remembers what arrived, once a second at most: a batch may have thousands of files. */
  #noter(batch: Batch): () => void {
    let timer: ReturnType<typeof setTimeout> | null = null;
    return () => {
      timer ??= setTimeout(() => {
        timer = null;
        const { id, phase } = batch.state;
        if (phase === 'done' || !this.#batches.has(id)) return;
        void this.#memory.note(id, arrivalsOf(batch));
      }, noteEveryMs);
    };
  }

  async #discardAll(entries: readonly Entry[]): Promise<void> {
    const known = entries.flatMap(({ arrival }) => (arrival?.uploadId ? [arrival.uploadId] : []));
    await inLanes(known, lanes, new AbortController().signal, (uploadId) => this.#transport.discard(uploadId));
  }

  #update(batch: Batch, change: Partial<UploadState>): void {
    batch.state = { ...batch.state, ...change };
    this.#changed();
  }

  #remove({ state: { id } }: Batch): void {
    this.#batches.delete(id);
    void this.#memory.forget(id);
    this.#changed();
  }

  #changed(): void {
    this.#views.clear();
    for (const listener of this.#listeners) listener();
  }
}

const arrivalsOf = ({ entries }: Batch) => entries.map(({ arrival }) => arrival);
const isMissing = ({ chosen, arrival }: Entry): boolean => chosen === null && !arrival?.whole;

function countsOf(entries: readonly Entry[]): Pick<UploadState, 'files' | 'filesSent' | 'bytes' | 'bytesSent' | 'missing'> {
  let [filesSent, bytes, bytesSent, missing] = [0, 0, 0, 0];
  for (const entry of entries) {
    bytes += entry.file.size;
    bytesSent += entry.arrival?.bytes ?? 0;
    if (entry.arrival?.whole) filesSent += 1;
    if (isMissing(entry)) missing += 1;
  }
  return { files: entries.length, filesSent, bytes, bytesSent, missing };
}
