import type { Engine } from '@plumbline/tensorflow';
import { nativeOperations } from './native-operations.ts';
import { plainOperations, type Operations } from './operations.ts';

export type { Engine } from '@plumbline/tensorflow';
export type { Activation, Operations, Shape4D, Window } from './operations.ts';

/** The operations on the open engine: TensorFlow's own by name where it is native, tfjs kernels elsewhere. */
export function operationsOf(engine: Engine): Operations {
  return engine.call ? nativeOperations(engine.call) : plainOperations;
}
