import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

declare global {
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void } | undefined;
}

/** Node has WebAssembly; its types come with the browser's, which a server program does not load. */
interface WebAssemblyApi {
  Module: { new (bytes: Uint8Array): object; imports(module: object): { module: string }[] };
  Instance: new (module: object, imports: Record<string, unknown>) => { exports: Record<string, unknown> };
}

let loaded: typeof glue.SchemaEngine | null = null;

/** Prisma's schema engine as WebAssembly: the native one is a download at run time, which a machine without internet does not get. */
export function schemaEngine(): typeof glue.SchemaEngine {
  if (loaded) return loaded;
  const folder = dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')));
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
  const module = new Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
  const instance = new Instance(module, Object.fromEntries(Module.imports(module).map(({ module: name }) => [name, glue])));
  (glue as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  loaded = glue.SchemaEngine;
  return loaded;
}
