import type { Measure } from '@plumbline/ml/residuals';
import type { StoredModel } from '#web/features/networks/load-model.ts';
import type { EngineChoice, OpenedEngine } from '#web/features/networks/open-engine.ts';
import type { WasmAddresses } from '#web/features/networks/wasm-addresses.ts';

export interface OpenTask {
  readonly kind: 'open';
  readonly model: StoredModel;
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
