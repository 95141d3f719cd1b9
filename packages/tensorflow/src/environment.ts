import { engineCache } from './install/cache.ts';
import { cudaLibraryFolders } from './install/cuda.ts';
import { type Environment, wantedThreads } from './threads.ts';

/** Variables of the platform that decide how a process computes. */
export const engineVariables = [
  'PLUMBLINE_ENGINE',
  'PLUMBLINE_TENSORFLOW',
  'PLUMBLINE_THREADS',
  'PLUMBLINE_CACHE',
  'PLUMBLINE_CODE_VERSION',
] as const;

/** Names of variables that the platform, or a database client, reads: some hold secrets. */
const ofThePlatform = /^(PLUMBLINE_|NEXTAUTH_|DATABASE_URL$|PG[A-Z]+$)/;

/** An environment without those variables of the platform that are not named: a process is told what it needs to know and no other secret. */
export function withOnly(names: readonly string[], env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && (names.includes(name) || !ofThePlatform.test(name));
  });
  return Object.fromEntries(kept);
}

/**
 * What TensorFlow reads when it is loaded; setting it later has no effect.
 * The number of threads is part of it because results depend on it (same number: same weights).
 */
export function loadEnvironment(threads: number | null): Record<string, string> {
  const variables: Record<string, string> = {
    TF_CPP_MIN_LOG_LEVEL: '2',
    // A GPU is shared with whoever else uses it, and float32 means float32: the reference values leave no room for TF32.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    NVIDIA_TF32_OVERRIDE: '0',
  };
  if (threads !== null) {
    variables.TF_NUM_INTRAOP_THREADS = String(threads);
    variables.TF_NUM_INTEROP_THREADS = String(threads);
  }
  return variables;
}

/**
 * Variables for starting a process that computes (merge into its `env`). On top of `loadEnvironment` come those that only count from a process's first instruction:
 * where the dynamic linker finds the CUDA libraries, and keeping freed memory in the process, which halves kernel time
 * because every step otherwise returns and re-faults the same hundreds of megabytes.
 */
export function engineEnvironment(env: Environment = process.env): Record<string, string> {
  const variables: Record<string, string> = {
    ...loadEnvironment(wantedThreads(env)),
    // What the starting process may have bounded: here threads do not wait for each other's memory.
    MALLOC_ARENA_MAX: '0',
    MALLOC_MMAP_MAX_: '0',
    MALLOC_TRIM_THRESHOLD_: '100000000000',
  };
  const folders = cudaLibraryFolders(engineCache(env));
  if (folders.length > 0) variables.LD_LIBRARY_PATH = [...folders, ...(env.LD_LIBRARY_PATH ? [env.LD_LIBRARY_PATH] : [])].join(':');
  return variables;
}
