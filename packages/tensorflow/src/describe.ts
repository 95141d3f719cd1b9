import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { Engine, EngineKind } from './engine.ts';
import { cacheDirectory } from './install/cache.ts';
import { type EngineSpeed, measureEngine } from './measure.ts';

const require = createRequire(import.meta.url);

/** What `plumbline engine --json` prints. */
export interface EngineDescription {
  readonly engine: EngineKind;
  readonly device: 'cpu' | 'gpu';
  readonly tensorflow: string | null;
  readonly tfjs: string;
  readonly backend: string;
  readonly threads: number | null;
  /** Why the native engine is not used and how to get it; null when it is used. */
  readonly reason: string | null;
  readonly node: string;
  readonly processor: string;
  readonly cache: string;
  /** Null when not measured. */
  readonly speed: EngineSpeed | null;
}

/** Describes an open engine, with its measured speed unless `measure` is false. */
export async function describeEngine(engine: Engine, options: { readonly measure?: boolean } = {}): Promise<EngineDescription> {
  const { version } = require('@tensorflow/tfjs/package.json') as { version: string };
  return {
    engine: engine.kind,
    device: engine.device,
    tensorflow: engine.tensorflow,
    tfjs: version,
    backend: engine.backend,
    threads: engine.threads,
    reason: engine.reason,
    node: process.version,
    processor: `${cpus()[0]?.model ?? process.arch} × ${cpus().length}`,
    cache: cacheDirectory(),
    speed: options.measure === false ? null : await measureEngine(engine),
  };
}
