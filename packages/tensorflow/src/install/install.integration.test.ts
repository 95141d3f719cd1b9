import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildWithCompiler } from './build.ts';
import { engineCache } from './cache.ts';
import { tensorflowVersion } from './distributions.ts';
import { installEngine } from './index.ts';
import { isLinked, linkedEngine } from './link.ts';
import { nodePackage } from './build.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-install-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const quiet = { log: (): void => undefined };
const hasPip = spawnSync('python3', ['-m', 'pip', '--version']).status === 0;
const onLinuxX64 = process.platform === 'linux' && process.arch === 'x64';

describe('installEngine', () => {
  it.skipIf(!hasPip || !onLinuxX64)('refuses a wheel with other bytes and leaves nothing of it in the cache', async () => {
    const wheels = join(folder, 'wheels');
    await mkdir(wheels);
    const name = `tensorflow_cpu-${tensorflowVersion}`;
    const program = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1], 'w')
z.writestr('tensorflow/libtensorflow_cc.so.2', 'not a library')
z.writestr('${name}.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tensorflow-cpu\\nVersion: ${tensorflowVersion}\\n')
z.writestr('${name}.dist-info/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: false\\nTag: cp311-cp311-manylinux_2_27_x86_64\\n')
z.writestr('${name}.dist-info/RECORD', '')
z.close()`;
    const made = spawnSync('python3', ['-c', program, join(wheels, `${name}-cp311-cp311-manylinux_2_27_x86_64.whl`)]);
    expect(made.status).toBe(0);
    vi.stubEnv('PIP_NO_INDEX', '1');
    vi.stubEnv('PIP_FIND_LINKS', wheels);
    vi.stubEnv('PLUMBLINE_CACHE', join(folder, 'cache'));
    const result = await installEngine({ tensorflow: 'cpu', ...quiet });
    expect(result).toMatchObject({ installed: false, reason: expect.stringMatching(/sha256 [0-9a-f]{64}, not the expected/) as string });
    const cache = engineCache();
    expect(await readdir(cache.root)).toEqual(['work']);
    expect(await readdir(cache.work)).toEqual([]);
  });

  it('says why and what to do where TensorFlow is not wanted or the wish is not understood', async () => {
    expect(await installEngine({ tensorflow: 'none' })).toMatchObject({ installed: false, reason: 'PLUMBLINE_TENSORFLOW is none' });
    const misspelt = await installEngine({ tensorflow: 'gpus' });
    expect(misspelt).toMatchObject({
      installed: false,
      reason: expect.stringContaining('neither auto, cpu, gpu, none nor an existing folder') as string,
    });
    vi.stubEnv('PLUMBLINE_CACHE', join(folder, 'cache'));
    expect(await installEngine({ tensorflow: folder, ...quiet })).toMatchObject({
      installed: false,
      reason: expect.stringContaining('lacks libtensorflow') as string,
      remedy: expect.stringContaining('libtensorflow release') as string,
    });
  });

  it('takes an installed engine from the cache within a second', async ({ skip }) => {
    if (!isLinked()) skip('the native engine is not installed here');
    const result = await installEngine({ ...quiet });
    if (!result.installed) throw new Error(result.reason);
    expect(result.seconds).toBeLessThan(1);
  });

  it('builds with the compiler alone where node-gyp cannot', async ({ skip }) => {
    if (!isLinked()) skip('the native engine is not installed here');
    await cp(join(nodePackage(), 'binding'), join(folder, 'binding'), { recursive: true });
    await symlink(linkedEngine().deps, join(folder, 'deps'));
    await mkdir(join(folder, 'lib/napi-v8'), { recursive: true });
    const built = await buildWithCompiler(folder);
    const program = `process.stdout.write(require(${JSON.stringify(built)}).TF_Version)`;
    expect(spawnSync(process.execPath, ['-e', program]).stdout.toString()).toBe(tensorflowVersion);
  });
});
