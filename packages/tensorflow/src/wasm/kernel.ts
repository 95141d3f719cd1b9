import * as tf from '@tensorflow/tfjs';

/** The part of the WebAssembly backend that kernels written in JavaScript need. */
export interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: 'float32' | 'int32' | 'bool'): tf.TensorInfo;
  /** One more owner of the same values. */
  incRef(dataId: tf.DataId): void;
  /** The tensor's values in the module's memory; valid until the next allocation. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
}

export interface WasmKernelArguments {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: WasmBackend;
}

/** A kernel of ours in place of the backend's (or of a missing) one. */
export interface WasmKernel {
  readonly name: string;
  compute(args: WasmKernelArguments): tf.TensorInfo;
}

/** Puts a kernel in place of the backend's own. */
export function replaceKernel(kernel: WasmKernel): void {
  const original = tf.getKernel(kernel.name, 'wasm');
  if (original) tf.unregisterKernel(kernel.name, 'wasm');
  tf.registerKernel({
    kernelName: kernel.name,
    backendName: 'wasm',
    // The original's setup still has to run when the backend is made: other kernels share what it prepares.
    setupFunc: original?.setupFunc,
    disposeFunc: original?.disposeFunc,
    kernelFunc: (args) => kernel.compute(args as unknown as WasmKernelArguments),
  });
}

/** Leaves the backend's kernel in place but changes what it is given. */
export function wrapKernel(name: string, change: (args: WasmKernelArguments) => WasmKernelArguments): void {
  const original = tf.getKernel(name, 'wasm');
  tf.unregisterKernel(name, 'wasm');
  const kernelFunc: tf.KernelFunc = (args) => original.kernelFunc(change(args as unknown as WasmKernelArguments) as unknown as typeof args);
  tf.registerKernel({ ...original, kernelFunc });
}
