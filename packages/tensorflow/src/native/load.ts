import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../engine.ts';
import { loadEnvironment } from '../environment.ts';
import { chooseSource } from '../install/choose.ts';
import { EngineUnavailableError } from '../install/failure.ts';
import { attachFromCache } from '../install/index.ts';
import { isLinked } from '../install/link.ts';
import { type NodeBackend, operationsOf } from './operations.ts';

const require = createRequire(import.meta.url);
const installRemedy = 'run `npm run setup` to install it';

/**
 * Loads the installed binding into this process and makes `tensorflow` the tfjs backend.
 * A library that another clone left in the cache is linked first; nothing is downloaded or built.
 * @throws EngineUnavailableError
 */
export async function loadNative(threads: number | null): Promise<Engine> {
  const source = await chooseSource();
  requireAvx();
  if (!isLinked()) await attachFromCache(source);
  if (!isLinked()) throw new EngineUnavailableError('the native TensorFlow engine is not installed', installRemedy);
  for (const [name, value] of Object.entries(loadEnvironment(threads))) process.env[name] ??= value;
  requirePackage();
  await tf.setBackend('tensorflow');
  const backend = tf.backend() as unknown as NodeBackend;
  return {
    kind: 'native',
    device: backend.isUsingGpuDevice ? 'gpu' : 'cpu',
    tensorflow: backend.binding.TF_Version,
    backend: 'tensorflow',
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism(),
    reason: null,
    call: operationsOf(backend),
  };
}

function requirePackage(): void {
  restoreUtilFunction();
  try {
    require('@tensorflow/tfjs-node-gpu');
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new EngineUnavailableError(
      `the TensorFlow binding cannot be loaded (${first})`,
      'delete PLUMBLINE_CACHE (~/.cache/plumbline) and run `npm run setup`',
    );
  }
}

/** tfjs-node calls util.isNullOrUndefined, which Node 22 warns about and Node 23 took away. */
function restoreUtilFunction(): void {
  const util = require('node:util') as { isNullOrUndefined: (value: unknown) => boolean };
  util.isNullOrUndefined = (value) => value === null || value === undefined;
}

/** TensorFlow's x64 builds end the process on a processor without AVX, so this has to be known before loading. */
function requireAvx(): void {
  if (process.arch !== 'x64' || !existsSync('/proc/cpuinfo')) return;
  const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  if (flags && !flags.split(' ').includes('avx')) {
    throw new EngineUnavailableError('this processor has no AVX instructions, which TensorFlow needs', 'use another machine');
  }
}
