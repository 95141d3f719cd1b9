/** Where the WebAssembly modules lie, by file name; the page knows their addresses, a worker does not. */
export type WasmAddresses = Readonly<Record<string, string>>;

/** The modules are served by the platform; which one is taken depends on the processor. */
export const wasmAddresses = (): WasmAddresses => {
  const here = (url: URL): string => new URL(url.href, window.location.href).href;
  return {
    'tfjs-backend-wasm.wasm': here(new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm', import.meta.url)),
    'tfjs-backend-wasm-simd.wasm': here(new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url)),
    'tfjs-backend-wasm-threaded-simd.wasm': here(
      new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm', import.meta.url),
    ),
  };
};
