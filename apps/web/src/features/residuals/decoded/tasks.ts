import type { ModelFile } from '#web/features/networks/load-model.ts';
import type { WasmAddresses } from '#web/features/networks/wasm-addresses.ts';
import type { Picture } from '../pixels/decode.ts';

/** A checkpoint, named by the evaluation that looked with it. */
export interface DecodingModel {
  readonly id: string;
  readonly files: readonly ModelFile[];
}

/** What the autoencoder drew of an image's turned patches. */
export interface DecodeTask {
  readonly kind: 'decode';
  readonly model: DecodingModel;
  readonly wasm: WasmAddresses;
  /** Of the stored network image. */
  readonly inputUrl: string;
  /** α of each patch in the order they are cut, radians. */
  readonly turns: readonly number[];
}
/** Which models stay open, by their ids; the others' memory is given back. */
export interface KeepTask {
  readonly kind: 'keep';
  readonly models: readonly string[];
}

export type DecodingTask = DecodeTask | KeepTask;
export type DecodingResult = Picture | null;
