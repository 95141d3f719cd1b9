import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodePackage } from './build.ts';
import type { Library } from './library.ts';

/** Where tfjs-node looks for its binding, and from where the binding looks for TensorFlow (deps/lib). */
export interface LinkedEngine {
  readonly binding: string;
  readonly deps: string;
}

export function linkedEngine(): LinkedEngine {
  const home = nodePackage();
  return { binding: join(home, 'lib/napi-v8/tfjs_binding.node'), deps: join(home, 'deps') };
}

/** True when the package's binding can be loaded: built, and with its library still in the cache. */
export function isLinked(): boolean {
  const { binding, deps } = linkedEngine();
  return existsSync(binding) && existsSync(join(deps, 'lib', 'libtensorflow.so'));
}

/** Makes the package use this library and binding; each of the two steps is one rename. Does nothing when it already does. */
export async function linkIntoPackage(library: Library, built: string): Promise<void> {
  const { binding, deps } = linkedEngine();
  if (linkTarget(deps) !== library.directory) {
    const fresh = `${deps}.${process.pid}`;
    await rm(fresh, { force: true });
    await symlink(library.directory, fresh);
    if (linkTarget(deps) === null) await rm(deps, { recursive: true, force: true });
    await rename(fresh, deps);
  }
  if (existsSync(binding) && readFileSync(binding).equals(readFileSync(built))) return;
  await mkdir(dirname(binding), { recursive: true });
  const fresh = `${binding}.${process.pid}`;
  await copyFile(built, fresh);
  await rename(fresh, binding);
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    return null;
  }
}
