import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBinding, cachedBinding } from './build.ts';
import { type EngineCache, engineCache } from './cache.ts';
import { chooseSource, type Source, type Wish } from './choose.ts';
import { hasCudaLibraries, installCudaLibraries } from './cuda.ts';
import type { Device } from './distributions.ts';
import { EngineUnavailableError } from './failure.ts';
import { adoptDirectory, cachedLibrary, fetchLibrary, type Library } from './library.ts';
import { linkIntoPackage } from './link.ts';
import { withLock } from './lock.ts';
import type { Log } from './progress.ts';

export { engineCache } from './cache.ts';
export { EngineUnavailableError } from './failure.ts';

export interface InstallOptions {
  /** auto · cpu · gpu · none · a directory with libtensorflow; PLUMBLINE_TENSORFLOW when absent. */
  readonly tensorflow?: Wish;
  /** One line at a time; standard error when absent. */
  readonly log?: Log;
  /** Stops a running download or build. */
  readonly signal?: AbortSignal;
}

export type InstallResult =
  | { readonly installed: true; readonly device: Device; readonly library: string; readonly seconds: number }
  | { readonly installed: false; readonly reason: string; readonly remedy: string };

/**
 * Makes the native TensorFlow engine usable from this clone: fetches the library, builds the binding, links both into @tensorflow/tfjs-node-gpu.
 * What another clone or an earlier run already brought into the cache is reused (well below a second).
 * That it cannot be had is a result, not an error; only an abort and defects are thrown.
 */
export async function installEngine(options: InstallOptions = {}): Promise<InstallResult> {
  const started = performance.now();
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  try {
    const source = await chooseSource(options.tensorflow);
    const library = (await attachFromCache(source)) ?? (await installUnderLock(engineCache(), source, log, options.signal));
    return { installed: true, device: library.device, library: library.directory, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    if (error instanceof EngineUnavailableError) return { installed: false, reason: error.message, remedy: error.remedy };
    throw error;
  }
}

/** Links what the cache holds complete; null when something has to be fetched or built first. */
export async function attachFromCache(source: Source, cache: EngineCache = engineCache()): Promise<Library | null> {
  if (source.kind === 'directory') return null;
  const library = cachedLibrary(cache, source.distribution);
  const binding = library && cachedBinding(cache, library);
  if (!library || !binding || (library.device === 'gpu' && !hasCudaLibraries(cache))) return null;
  await linkIntoPackage(library, binding);
  return library;
}

async function installUnderLock(cache: EngineCache, source: Source, log: Log, signal?: AbortSignal): Promise<Library> {
  const onWait = (pid: number): void => log(`Another process (${pid}) is installing TensorFlow; waiting for it`);
  await mkdir(cache.root, { recursive: true });
  return await withLock(
    cache.lock,
    async () => {
      const work = await freshWork(cache);
      try {
        const library =
          source.kind === 'directory'
            ? await adoptDirectory(cache, source.directory, work)
            : (cachedLibrary(cache, source.distribution) ?? (await fetchLibrary(cache, source.distribution, work, log, signal)));
        if (source.kind === 'wheel' && library.device === 'gpu') await installCudaLibraries(cache, work, log, signal);
        const binding = cachedBinding(cache, library) ?? (await buildBinding(cache, library, work, log, signal));
        await linkIntoPackage(library, binding);
        return library;
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
    { onWait, signal },
  );
}

/** An empty folder for unfinished things; what interrupted runs left is removed (the lock is ours, so nobody is in them). */
async function freshWork(cache: EngineCache): Promise<string> {
  for (const left of await readdir(cache.work).catch(() => [])) await rm(join(cache.work, left), { recursive: true, force: true });
  const work = join(cache.work, String(process.pid));
  await mkdir(work, { recursive: true });
  return work;
}
