import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineCache } from './cache.ts';
import { verifyChecksum } from './checksum.ts';
import { type Device, type Distribution, pythonTag } from './distributions.ts';
import { EngineUnavailableError } from './failure.ts';
import { findPip, runPip } from './pip.ts';
import { type Log, startProgress } from './progress.ts';
import { tensorflowParts, unpack } from './unpack.ts';

/** An unpacked libtensorflow: `directory`/lib and `directory`/include, as the binding's build file expects them. */
export interface Library {
  readonly id: string;
  readonly directory: string;
  /** What it was made for; whether a GPU is used is known only once it runs. */
  readonly device: Device;
}

interface Manifest {
  readonly device: Device;
  readonly sha256: string;
  readonly files: Record<string, number>;
}

const manifestName = 'library.json';

/** The library of a wheel if it lies complete in the cache. Sizes are compared, not bytes: this runs at every start. */
export function cachedLibrary(cache: EngineCache, distribution: Distribution): Library | null {
  const directory = join(cache.libraries, distribution.id);
  try {
    const manifest = JSON.parse(readFileSync(join(directory, manifestName), 'utf8')) as Manifest;
    if (manifest.sha256 !== distribution.sha256) return null;
    for (const [file, size] of Object.entries(manifest.files)) if (statSync(join(directory, file)).size !== size) return null;
    return { id: distribution.id, directory, device: manifest.device };
  } catch {
    return null;
  }
}

/**
 * Fetches a wheel with pip, verifies it, keeps its needed parts. Call under the lock.
 * Until the last rename everything lies in `work`, so an interruption leaves no half library.
 * @throws EngineUnavailableError
 */
export async function fetchLibrary(
  cache: EngineCache,
  distribution: Distribution,
  work: string,
  log: Log,
  signal?: AbortSignal,
): Promise<Library> {
  await requireSpace(cache.root, 2 * distribution.size + distribution.unpackedSize);
  const pip = await findPip(signal);
  const downloads = join(work, 'download');
  await mkdir(downloads, { recursive: true });
  log(
    `Fetching TensorFlow (${distribution.requirement}, ${Math.round(distribution.size / 1e6)} MB) through pip; it is kept in ${cache.root}`,
  );
  const choice = ['--no-deps', '--only-binary=:all:', '--python-version', pythonTag, '--platform', distribution.platform];
  const args = ['download', ...choice, '--quiet', '--dest', downloads, distribution.requirement];
  await runPip(pip, args, downloads, startProgress('TensorFlow', distribution.size, log), signal);
  const wheel = (await readdir(downloads)).find((name) => name.endsWith('.whl'));
  if (!wheel)
    throw new EngineUnavailableError(
      `pip brought no wheel for ${distribution.requirement}`,
      'check your pip index and run `npm run setup` again',
    );
  await verifyChecksum(join(downloads, wheel), distribution.sha256);
  const library = join(work, 'library');
  await unpack(join(downloads, wheel), library, tensorflowParts, startProgress('Unpacking', distribution.unpackedSize, log));
  await addLinkNames(join(library, 'lib'));
  await writeManifest(library, distribution);
  const directory = join(cache.libraries, distribution.id);
  await mkdir(cache.libraries, { recursive: true });
  await rm(directory, { recursive: true, force: true });
  await rename(library, directory);
  return { id: distribution.id, directory, device: distribution.device };
}

/** The names that the linker looks for: the wheel has the C interface inside libtensorflow_cc. */
async function addLinkNames(lib: string): Promise<void> {
  for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow_cc.so'])
    await symlink('libtensorflow_cc.so.2', join(lib, name));
  await symlink('libtensorflow_framework.so.2', join(lib, 'libtensorflow_framework.so'));
}

async function writeManifest(library: string, distribution: Distribution): Promise<void> {
  const names = ['lib/libtensorflow_cc.so.2', 'lib/libtensorflow_framework.so.2', 'include/tensorflow/c/c_api.h'];
  const files: Record<string, number> = {};
  for (const name of names) {
    const file = await stat(join(library, name)).catch(() => null);
    if (!file)
      throw new EngineUnavailableError(
        `the TensorFlow wheel has no ${name.split('/').at(-1)}`,
        'set PLUMBLINE_TENSORFLOW to a folder with libtensorflow',
      );
    files[name] = file.size;
  }
  const manifest: Manifest = { device: distribution.device, sha256: distribution.sha256, files };
  await writeFile(join(library, manifestName), JSON.stringify(manifest, null, 2));
}

async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (n: number): string => (n / 1e9).toFixed(1);
  throw new EngineUnavailableError(
    `TensorFlow needs ${gigabytes(bytes)} GB of free space in ${folder}, there are ${gigabytes(bavail * bsize)} GB`,
    'make room or set PLUMBLINE_CACHE to a folder on a larger disk',
  );
}

/** Where the two libraries and the headers are, in the layouts in use: a release archive (lib/, include/) and an installed Python package. */
function ownParts(directory: string): { main: string; framework: string; include: string } | null {
  const find = (names: string[]): string | undefined =>
    ['lib', '.'].flatMap((folder) => names.map((name) => join(directory, folder, name))).find((path) => existsSync(path));
  const main = find(['libtensorflow_cc.so.2', 'libtensorflow.so.2', 'libtensorflow.so']);
  const framework = find(['libtensorflow_framework.so.2', 'libtensorflow_framework.so']);
  const include = join(directory, 'include');
  return main && framework && existsSync(join(include, 'tensorflow/c/c_api.h')) ? { main, framework, include } : null;
}

/**
 * A library of the user's own, laid out by links. Call under the lock.
 * @throws EngineUnavailableError when the folder lacks a part
 */
export async function adoptDirectory(cache: EngineCache, directory: string, work: string): Promise<Library> {
  const parts = ownParts(directory);
  if (!parts) {
    throw new EngineUnavailableError(
      `${directory} lacks libtensorflow (or libtensorflow_cc), libtensorflow_framework or include/tensorflow/c/c_api.h`,
      'point PLUMBLINE_TENSORFLOW at a libtensorflow release or an installed `tensorflow` Python package',
    );
  }
  const main = await realpath(parts.main);
  const { size, mtimeMs } = await stat(main);
  const id = `own-${createHash('sha256').update(`${main}\n${size}\n${mtimeMs}`).digest('hex').slice(0, 16)}`;
  const layout = join(work, 'own');
  await mkdir(join(layout, 'lib'), { recursive: true });
  for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow_cc.so.2']) await symlink(main, join(layout, 'lib', name));
  for (const name of ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'])
    await symlink(await realpath(parts.framework), join(layout, 'lib', name));
  await symlink(parts.include, join(layout, 'include'));
  const target = join(cache.libraries, id);
  await mkdir(cache.libraries, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(layout, target);
  return { id, directory: target, device: 'cpu' };
}
