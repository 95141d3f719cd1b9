import { createStore, delMany, entries, set, type UseStore } from 'idb-keyval';
import { z } from 'zod';
import type { Memory, RememberedBatch } from './upload-batches.ts';

/** The server keeps an unfinished upload for three days; what is older is of no use. */
const keptForMs = 3 * 24 * 3600 * 1000;

const fileSchema = z.object({
  path: z.string(),
  size: z.number(),
  modified: z.number(),
  place: z.object({ split: z.enum(['train', 'validation', 'test']), label: z.string(), mask: z.boolean().optional() }).optional(),
});
const batchSchema = z.object({ datasetId: z.string(), savedAt: z.number(), files: z.array(fileSchema) });
const arrivedSchema = z.array(z.object({ uploadId: z.string(), bytes: z.number(), whole: z.boolean() }).nullable());

/**
 * Unfinished uploads in the browser's own database: names, sizes and what had arrived, never the files. Two rows a batch, so that noting progress
 * does not write the list again. Where the browser allows no database, nothing is remembered and uploads work all the same.
 */
export function createUploadMemory(): Memory {
  let opened: UseStore | null = null;
  const store = () => (opened ??= createStore('plumbline-uploads', 'batches'));
  const quietly = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch {
      return otherwise;
    }
  };
  const claims = new Map<string, () => void>();
  const keys = (id: string) => [`batch ${id}`, `arrived ${id}`];
  return {
    claim: async (id) => {
      // Where the page's address is not a safe one there are no locks: then every page brings back what it finds.
      if (claims.has(id) || typeof navigator === 'undefined' || !('locks' in navigator)) return true;
      return new Promise<boolean>((resolve) => {
        const hold = (lock: Lock | null): Promise<void> | null => {
          resolve(lock !== null);
          // The browser frees it when the page ends, however it ends.
          return lock && new Promise((release) => claims.set(id, release));
        };
        navigator.locks.request(`plumbline upload ${id}`, { ifAvailable: true }, hold).catch(() => resolve(true));
      });
    },
    save: ({ id, datasetId, files }) =>
      quietly(() => set(`batch ${id}`, { datasetId, savedAt: Date.now(), files: [...files] }, store()), undefined),
    note: (id, arrived) => quietly(() => set(`arrived ${id}`, [...arrived], store()), undefined),
    forget: async (id) => {
      await quietly(() => delMany(keys(id), store()), undefined);
      claims.get(id)?.();
      claims.delete(id);
    },
    all: () =>
      quietly(async () => {
        const rows = new Map((await entries(store())).map(([key, value]) => [String(key), value as unknown]));
        const found: RememberedBatch[] = [];
        for (const [key, value] of rows) {
          if (!key.startsWith('batch ')) continue;
          const id = key.slice('batch '.length);
          const batch = batchSchema.safeParse(value);
          if (!batch.success || batch.data.savedAt < Date.now() - keptForMs) {
            await delMany(keys(id), store());
            continue;
          }
          const arrived = arrivedSchema.safeParse(rows.get(`arrived ${id}`));
          const files = batch.data.files.map(({ place, ...file }) => ({ ...file, ...(place && { place }) }));
          found.push({ id, datasetId: batch.data.datasetId, files, arrived: arrived.success ? arrived.data : [] });
        }
        return found;
      }, []),
  };
}
