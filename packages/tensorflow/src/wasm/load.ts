import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../engine.ts';

const require = createRequire(import.meta.url);

export async function loadWasm(threads: number | null): Promise<Engine> {
  require('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  return { kind: 'wasm', device: 'cpu', tensorflow: null, backend: 'wasm', threads, reason: '', call: null };
}
