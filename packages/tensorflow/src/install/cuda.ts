import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineCache } from './cache.ts';
import { pythonTag } from './distributions.ts';
import { findPip, runPip } from './pip.ts';
import { type Log, startProgress } from './progress.ts';

/** What the CUDA build of TensorFlow opens at run time: the versions it was made with, the lowest its `and-cuda` extra allows, pinned by their bytes. */
const requirements: readonly (readonly [name: string, version: string, sha256: string])[] = [
  ['nvidia-cublas-cu12', '12.5.3.2', 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b'],
  ['nvidia-cuda-cupti-cu12', '12.5.82', 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953'],
  ['nvidia-cuda-nvcc-cu12', '12.5.82', 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0'],
  ['nvidia-cuda-nvrtc-cu12', '12.5.82', '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd'],
  ['nvidia-cuda-runtime-cu12', '12.5.82', '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115'],
  ['nvidia-cudnn-cu12', '9.3.0.75', '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d'],
  ['nvidia-cufft-cu12', '11.2.3.61', '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8'],
  ['nvidia-curand-cu12', '10.3.6.82', '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536'],
  ['nvidia-cusolver-cu12', '11.6.3.83', '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b'],
  ['nvidia-cusparse-cu12', '12.5.1.3', '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752'],
  ['nvidia-nccl-cu12', '2.27.7', 'de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa'],
  ['nvidia-nvjitlink-cu12', '12.5.82', 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212'],
];

/** Bytes of the wheels together, roughly: for the progress bar. */
const totalSize = 2_000_000_000;

const folderOf = (cache: EngineCache): string => join(cache.libraries, 'cuda-12.5-linux-x64');

export function hasCudaLibraries(cache: EngineCache): boolean {
  return existsSync(folderOf(cache));
}

/** Folders for LD_LIBRARY_PATH, empty when none were installed. */
export function cudaLibraryFolders(cache: EngineCache): string[] {
  if (!hasCudaLibraries(cache)) return [];
  const nvidia = join(folderOf(cache), 'nvidia');
  return readdirSync(nvidia)
    .map((name) => join(nvidia, name, 'lib'))
    .filter((folder) => existsSync(folder));
}

/**
 * Brings NVIDIA's libraries into the cache with pip, which compares every file with its pinned checksum. Call under the lock.
 * @throws EngineUnavailableError
 */
export async function installCudaLibraries(cache: EngineCache, work: string, log: Log, signal?: AbortSignal): Promise<void> {
  if (hasCudaLibraries(cache)) return;
  const pip = await findPip(signal);
  const unfinished = join(work, 'cuda');
  await mkdir(unfinished, { recursive: true });
  const list = join(work, 'cuda-requirements.txt');
  await writeFile(list, requirements.map(([name, version, sha256]) => `${name}==${version} --hash=sha256:${sha256}\n`).join(''));
  log('Fetching the CUDA libraries (about 2 GB) through pip');
  const platforms = ['manylinux2014_x86_64', 'manylinux_2_17_x86_64'].flatMap((tag) => ['--platform', tag]);
  const choice = ['--no-deps', '--only-binary=:all:', '--python-version', pythonTag, ...platforms, '--require-hashes'];
  const args = ['install', ...choice, '--quiet', '--no-compile', '--target', unfinished, '--requirement', list];
  await runPip(pip, args, work, startProgress('CUDA libraries', totalSize, log), signal);
  await rm(folderOf(cache), { recursive: true, force: true });
  await rename(unfinished, folderOf(cache));
}
