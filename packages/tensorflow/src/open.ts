import * as tf from '@tensorflow/tfjs';
import type { Engine, EngineKind } from './engine.ts';
import { EngineUnavailableError } from './install/failure.ts';
import { loadNative } from './native/load.ts';
import { probeConvolution } from './probe/probe.ts';
import { wantedThreads } from './threads.ts';
import { loadWasm } from './wasm/load.ts';

export interface OpenOptions {
  /** PLUMBLINE_ENGINE when absent, else native. The other engine is taken when this one cannot be had. */
  readonly prefer?: EngineKind;
  /** PLUMBLINE_THREADS when absent, else as many as there are processors. Fixed by the first opening in a process; WebAssembly has one. */
  readonly threads?: number;
  /** Told the reason, in one line, when the native engine was wanted and is not used. */
  readonly log?: (line: string) => void;
}

const opened = new Map<EngineKind, Promise<Engine>>();

/**
 * Opens the engine of this process and makes it the current tfjs backend: TensorFlow itself where it is installed and computes right, WebAssembly elsewhere.
 * Opening again returns the same engine.
 * @throws Error when neither engine computes a convolution and its gradients right, RangeError for a bad number of threads
 */
export async function openEngine(options: OpenOptions = {}): Promise<Engine> {
  const prefer = options.prefer ?? preferredByEnvironment();
  const threads = options.threads ?? wantedThreads();
  if (prefer === 'wasm') {
    const origin = options.prefer ? 'WebAssembly was asked for' : 'PLUMBLINE_ENGINE is wasm';
    return await openWasm(`${origin}; leave that out to use the native engine`);
  }
  try {
    return await openOnce('native', () => loadNative(threads));
  } catch (error) {
    if (!(error instanceof EngineUnavailableError)) throw error;
    const reason = `${error.message}; ${error.remedy}`;
    options.log?.(`Using the slower WebAssembly engine: ${reason}.`);
    return await openWasm(reason);
  }
}

async function openWasm(reason: string): Promise<Engine> {
  const engine = await openOnce('wasm', loadWasm);
  return { ...engine, reason };
}

async function openOnce(kind: EngineKind, load: () => Promise<Engine>): Promise<Engine> {
  const known = opened.get(kind);
  const opening = known ?? loadAndProbe(load);
  opened.set(kind, opening);
  try {
    const engine = await opening;
    await tf.setBackend(engine.backend);
    return engine;
  } catch (error) {
    opened.delete(kind);
    throw error;
  }
}

/** An engine that computes wrong is as good as none. */
async function loadAndProbe(load: () => Promise<Engine>): Promise<Engine> {
  const engine = await load();
  const fault = await probeConvolution();
  if (fault === null) return engine;
  throw new EngineUnavailableError(
    `the ${engine.kind} engine computes wrong (${fault})`,
    'report this with the output of `plumbline engine --json`',
  );
}

function preferredByEnvironment(): EngineKind {
  const wish = process.env.PLUMBLINE_ENGINE || 'native';
  if (wish === 'native' || wish === 'wasm') return wish;
  throw new RangeError(`PLUMBLINE_ENGINE is ${wish}; give native or wasm, or leave it out.`);
}
