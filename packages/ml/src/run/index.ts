export { writeAtomic } from './atomic.ts';
export {
  readCheckpoint,
  saveCheckpoint,
  type Checkpoint,
  type EpochRecord,
  type NetworkState,
  type StoredCheckpoint,
  type WhichCheckpoint,
} from './checkpoint.ts';
export { codeVersion } from './code-version.ts';
export { RunBusyError, RunError, RunPaused, throwIfAborted } from './errors.ts';
export { writeHistory } from './history.ts';
export { loadCheckpoint, type LoadedCheckpoint } from './load.ts';
export { entryOf, lossOf, readManifest, writeManifest, type RunManifest } from './manifest.ts';
export { lockRun } from './lock.ts';
