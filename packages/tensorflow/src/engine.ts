import type { Tensor } from '@tensorflow/tfjs';

export type EngineKind = 'native' | 'wasm';

/** An attribute of a TensorFlow operation, tagged by its type as TensorFlow's operation list names it. Lists of strings cannot be passed. */
export type Attribute =
  | { readonly dtype: 'float32' | 'int32' | 'bool' }
  | { readonly float: number }
  | { readonly int: number | readonly number[] }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/**
 * Runs a TensorFlow operation by its registered name (`LeakyReluGrad`, `ImageProjectiveTransformV3`).
 * The results belong to the caller (tf.tidy collects them); no gradient is recorded: wrap in tf.customGrad where one is needed.
 */
export interface OperationCall {
  (name: string, attributes: Attributes, inputs: readonly Tensor[]): Tensor;
  /** For an operation with several outputs: the first `outputs` of them. */
  many(name: string, attributes: Attributes, inputs: readonly Tensor[], outputs: number): Tensor[];
}

/** What computes in this process. Made by `openEngine`; the tfjs backend of the same name is then the current one. */
export interface Engine {
  readonly kind: EngineKind;
  readonly device: 'cpu' | 'gpu';
  /** Version of TensorFlow, null on WebAssembly. */
  readonly tensorflow: string | null;
  /** The tfjs backend: tensorflow | wasm. */
  readonly backend: string;
  /** Threads that compute one operation; null when the engine decides by itself. */
  readonly threads: number | null;
  /** Why this is not the native engine and how to get it, in one line; null on the native engine. */
  readonly reason: string | null;
  /** Operations by name; null on WebAssembly. */
  readonly call: OperationCall | null;
}
