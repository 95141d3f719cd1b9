import type { ExpectedResidual, Measure } from '@plumbline/ml/residuals';
import type { Recipe } from '@plumbline/ml/recipes';

/** What computes the networks. `auto` takes WebGPU where the browser has a graphics processor for it, else WebAssembly. */
export type EngineChoice = 'auto' | 'webgpu' | 'wasm';

export interface OpenedEngine {
  readonly kind: 'webgpu' | 'wasm';
  /** The graphics processor's name where the browser tells it, else what computes. */
  readonly device: string;
  /** Why not WebGPU, in one sentence; null where it is, or nobody asked for it. */
  readonly reason: string | null;
}

/** A checkpoint as one of its evaluations looked at it. */
export interface CheckedModel {
  readonly files: readonly { readonly name: string; readonly url: string; readonly sha256: string }[];
  /** Of the evaluation's protocol. */
  readonly residual: Pick<Recipe['residual'], 'ssim' | 'mse' | 'imageScore'>;
  readonly expected: ExpectedResidual | null;
}

/** Where the WebAssembly modules lie, by file name; the page knows their addresses, a worker does not. */
export type WasmAddresses = Readonly<Record<string, string>>;

export interface OpenTask {
  readonly kind: 'open';
  readonly model: CheckedModel;
  readonly engine: EngineChoice;
  readonly wasm: WasmAddresses;
}
export interface CheckTask {
  readonly kind: 'check';
  readonly picture: Blob;
  /** For refusals, and for angles drawn at random. */
  readonly name: string;
}
export type CheckerTask = OpenTask | CheckTask;

export interface OpenResult {
  readonly engine: OpenedEngine;
  readonly regime: string;
  /** Bytes fetched. */
  readonly bytes: number;
}

/** What one photograph gave. Maps are float32, row-major, of the photograph's size. */
export interface CheckResult {
  readonly width: number;
  readonly height: number;
  /** The photograph as it was decoded, 8 bit. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly maps: Readonly<Record<Measure, Float32Array<ArrayBuffer>>>;
  readonly scores: Readonly<Record<Measure, number>>;
  /** Network inputs it was cut into. */
  readonly patches: number;
  /** Of decoding, of the networks alone, and of all together. */
  readonly milliseconds: { readonly decode: number; readonly network: number; readonly total: number };
}

export type CheckerResult = OpenResult | CheckResult;
