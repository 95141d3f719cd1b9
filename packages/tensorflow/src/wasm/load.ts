import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../engine.ts';
import { repairWasmBackend } from './repair-backend.ts';

const require = createRequire(import.meta.url);

/**
 * Makes WebAssembly the tfjs backend, with our kernels. It computes in one thread: the backend's threaded module is made for browsers and does not start in Node.
 * @throws Error when the module cannot be started
 */
export async function loadWasm(): Promise<Engine> {
  require('@tensorflow/tfjs-backend-wasm');
  repairWasmBackend();
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly engine could not be started.');
  return { kind: 'wasm', device: 'cpu', tensorflow: null, backend: 'wasm', threads: 1, reason: null, call: null };
}
