import { probeConvolution } from '@plumbline/tensorflow/probe';
import { repairWasmBackend } from '@plumbline/tensorflow/wasm';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { WasmAddresses } from './wasm-addresses.ts';

/** What computes the networks. `auto` takes WebGPU where the browser has a graphics processor for it, else WebAssembly. */
export type EngineChoice = 'auto' | 'webgpu' | 'wasm';

export interface OpenedEngine {
  readonly kind: 'webgpu' | 'wasm';
  /** The graphics processor's name where the browser tells it, else what computes. */
  readonly device: string;
  /** Why not WebGPU, in one sentence; null where it is, or nobody asked for it. */
  readonly reason: string | null;
}

/** The parts of WebGPU that are asked about here; the DOM library does not know it yet. */
interface Adapter {
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
  readonly isFallbackAdapter?: boolean;
}
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null>;
}

let wasmReady = false;

/**
 * Makes WebGPU or WebAssembly the current tfjs backend. A backend that computes a probed convolution wrong is not taken.
 * @throws Error with one sentence where neither computes
 */
export async function openEngine(choice: EngineChoice, wasm: WasmAddresses): Promise<OpenedEngine> {
  const tried = choice === 'wasm' ? null : await openWebGpu(choice === 'webgpu');
  if (tried && 'kind' in tried) return tried;
  await openWasm(wasm);
  return { kind: 'wasm', device: 'one processor core', reason: tried?.reason ?? null };
}

async function openWebGpu(software: boolean): Promise<OpenedEngine | { readonly reason: string }> {
  const gpu = (navigator as { gpu?: Gpu }).gpu;
  if (!gpu) return { reason: 'This browser has no WebGPU here (it needs https, or this machine’s own address).' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return { reason: 'This browser gives pages no graphics processor.' };
  const emulated = adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
  if (emulated && !software) return { reason: 'This browser only emulates WebGPU, which is slower than WebAssembly.' };
  try {
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) return { reason: 'WebGPU could not be started.' };
    const fault = await probeConvolution();
    if (fault !== null) return { reason: `WebGPU computes wrong here (${fault}).` };
  } catch (error) {
    return { reason: `WebGPU could not be started (${error instanceof Error ? error.message : String(error)}).` };
  }
  const { vendor, architecture, description } = adapter.info ?? {};
  const names = [vendor, description || architecture].filter((name) => name);
  return { kind: 'webgpu', device: names.join(' ') || 'graphics processor', reason: null };
}

async function openWasm(addresses: WasmAddresses): Promise<void> {
  if (!wasmReady) {
    setWasmPaths(addresses);
    repairWasmBackend();
    wasmReady = true;
  }
  const started = await tf.setBackend('wasm').catch(() => false);
  const fault = started ? await probeConvolution() : 'it did not start';
  if (fault !== null)
    throw new Error(`WebAssembly cannot compute in this browser (${fault}): use a current Chrome, Edge, Firefox or Safari.`);
}
