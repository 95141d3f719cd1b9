import type { WasmKernel } from './kernel.ts';

/**
 * A clone that shares its values, as on the other backends: tensors are never written to.
 * The backend's own kernel copies, and every tensor saved for a gradient is a clone.
 */
export const identityKernel: WasmKernel = {
  name: 'Identity',
  compute: ({ inputs, backend }) => {
    const { x } = inputs;
    if (!x) throw new Error('Identity needs a tensor.');
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  },
};
