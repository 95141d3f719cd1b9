import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EngineCache } from './cache.ts';
import { lastErrorLine, runCommand } from './command.ts';
import { EngineUnavailableError } from './failure.ts';
import { napiHeaders, nodeHeadersPrefix } from './headers.ts';
import type { Library } from './library.ts';
import type { Log } from './progress.ts';

const require = createRequire(import.meta.url);
const napiVersion = 8;
export const bindingName = 'tfjs_binding.node';

/** The installed @tensorflow/tfjs-node-gpu, whose binding this builds and whose `deps` and `lib` folders are filled. */
export function nodePackage(): string {
  return dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
}

/** Names a build by everything it depends on. N-API keeps it valid for every Node, so Node's version is not part of it. */
export function bindingKey(source: string, library: Library): string {
  const hash = createHash('sha256').update(`${library.id}\n${process.platform}-${process.arch}\nnapi ${napiVersion}\n`);
  for (const file of ['../binding.gyp', ...readdirSync(join(source, 'binding')).sort()])
    hash.update(file).update(readFileSync(join(source, 'binding', file)));
  return hash.digest('hex').slice(0, 24);
}

/** The built binding for a library in the cache, or null. */
export function cachedBinding(cache: EngineCache, library: Library): string | null {
  const path = join(cache.bindings, bindingKey(nodePackage(), library), bindingName);
  return existsSync(path) ? path : null;
}

/**
 * Builds the package's binding against a library, in a folder of its own (nothing is written into node_modules), and keeps it in the cache. Call under the lock.
 * First node-gyp with headers found on this machine, else the compiler directly.
 * @throws EngineUnavailableError when there is no C++ compiler or it fails
 */
export async function buildBinding(cache: EngineCache, library: Library, work: string, log: Log, signal?: AbortSignal): Promise<string> {
  const source = nodePackage();
  const folder = join(work, 'build');
  await mkdir(join(folder, 'lib', `napi-v${napiVersion}`), { recursive: true });
  await cp(join(source, 'binding'), join(folder, 'binding'), { recursive: true });
  await copyFile(join(source, 'binding.gyp'), join(folder, 'binding.gyp'));
  await symlink(library.directory, join(folder, 'deps'));
  log('Building the TensorFlow binding (about 15 s)');
  const built = (await buildWithGyp(folder, signal)) ?? (await buildWithCompiler(folder, signal));
  const target = join(cache.bindings, bindingKey(source, library));
  const ready = join(work, 'binding');
  await mkdir(ready, { recursive: true });
  await copyFile(built, join(ready, bindingName));
  await mkdir(cache.bindings, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(ready, target);
  return join(target, bindingName);
}

/** Path of the result, or null where node-gyp cannot work (no headers, no Python, no make): the compiler is asked next. */
async function buildWithGyp(folder: string, signal?: AbortSignal): Promise<string | null> {
  const prefix = await nodeHeadersPrefix();
  if (!prefix) return null;
  const target = join(folder, 'lib', `napi-v${napiVersion}`);
  const options = [
    `--napi_build_version=${napiVersion}`,
    '--module_name=tfjs_binding',
    `--module_path=${target}`,
    `--nodedir=${prefix}`,
    '--jobs=max',
  ];
  const { code } = await runCommand(process.execPath, [require.resolve('node-gyp/bin/node-gyp.js'), 'rebuild', ...options], {
    cwd: folder,
    signal,
  });
  const result = join(target, bindingName);
  return code === 0 && existsSync(result) ? result : null;
}

/** Compiles without node-gyp, with the N-API headers that came from npm. `folder` holds binding/, deps/ and an empty lib/napi-v8/. @throws EngineUnavailableError */
export async function buildWithCompiler(folder: string, signal?: AbortSignal): Promise<string> {
  const result = join(folder, 'lib', `napi-v${napiVersion}`, bindingName);
  const sources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];
  const flags = ['-std=c++17', '-O2', '-fPIC', '-shared', '-w', `-DNAPI_VERSION=${napiVersion}`, '-I', napiHeaders(), '-I', 'deps/include'];
  const linking = ['-Ldeps/lib', '-ltensorflow', '-ltensorflow_framework', '-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', result];
  for (const compiler of [process.env.CXX, 'g++', 'c++', 'clang++']) {
    if (!compiler) continue;
    const { code, output, missing } = await runCommand(compiler, [...flags, ...sources, ...linking], { cwd: folder, signal });
    if (code === 0) return result;
    if (missing) continue;
    throw new EngineUnavailableError(
      `the TensorFlow binding did not compile (${lastErrorLine(output)})`,
      'check the C++ compiler (C++17 is needed) and run `npm run setup` again',
    );
  }
  throw new EngineUnavailableError(
    'there is no C++ compiler to build the TensorFlow binding',
    'install g++ (Debian, Ubuntu: build-essential) and run `npm run setup`',
  );
}
