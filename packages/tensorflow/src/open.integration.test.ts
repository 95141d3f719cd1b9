import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeEngine } from './describe.ts';
import type { Engine, EngineKind } from './engine.ts';
import { isLinked } from './install/link.ts';
import { openEngine } from './open.ts';
import { probeConvolution } from './probe/probe.ts';
import { steppedAutoencoder } from './probe/autoencoder-step.ts';

const kinds: EngineKind[] = isLinked() ? ['native', 'wasm'] : ['wasm'];

afterEach(() => {
  vi.unstubAllEnvs();
});

async function open(kind: EngineKind): Promise<Engine> {
  const engine = await openEngine({ prefer: kind });
  expect(engine.kind).toBe(kind);
  return engine;
}

describe.each(kinds)('the %s engine', (kind) => {
  it('is the current tfjs backend after opening, however often', async () => {
    const first = await open(kind);
    await openEngine({ prefer: kind === 'native' ? 'wasm' : 'native' });
    await open(kind);
    expect(tf.getBackend()).toBe(first.backend);
    expect(first.backend).toBe(kind === 'native' ? 'tensorflow' : 'wasm');
  });

  it('computes a convolution and both gradients as the definition does, and disposes what it made', async () => {
    await open(kind);
    const before = tf.memory().numTensors;
    expect(await probeConvolution()).toBeNull();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('trains: the loss of the autoencoder falls', async () => {
    await open(kind);
    const autoencoder = steppedAutoencoder(2);
    const losses: number[] = [];
    for (let i = 0; i < 4; i++) losses.push(await autoencoder.step());
    autoencoder.dispose();
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? NaN);
  });

  it('describes itself', async () => {
    const description = await describeEngine(await open(kind), { measure: false });
    expect(description).toMatchObject({ engine: kind, tfjs: '4.22.0', tensorflow: kind === 'native' ? '2.21.0' : null, speed: null });
  });
});

describe('both engines', () => {
  it.skipIf(kinds.length < 2)('agree on the first losses of the autoencoder to float32 precision', async () => {
    const found: number[][] = [];
    for (const kind of kinds) {
      await open(kind);
      const autoencoder = steppedAutoencoder(2);
      found.push([await autoencoder.step(), await autoencoder.step(), await autoencoder.step()]);
      autoencoder.dispose();
    }
    const [native = [], wasm = []] = found;
    native.forEach((loss, i) => expect((wasm[i] ?? NaN) / loss).toBeCloseTo(1, 4));
  });
});

describe('the probe', () => {
  it('catches a wrong gradient kernel and names it', async () => {
    await open('wasm');
    const right = tf.getKernel('Conv2DBackpropFilter', 'wasm');
    tf.unregisterKernel('Conv2DBackpropFilter', 'wasm');
    const wrong: tf.KernelFunc = (args) => tf.mul(right.kernelFunc(args) as tf.Tensor, 1.01);
    tf.registerKernel({ ...right, kernelFunc: wrong });
    const fault = await probeConvolution();
    tf.unregisterKernel('Conv2DBackpropFilter', 'wasm');
    tf.registerKernel(right);
    expect(fault).toMatch(/gradient by its filter is off by 0\.010/);
  });
});

describe('openEngine', () => {
  it('falls back to WebAssembly with one line saying why and how to get the native engine', async () => {
    vi.resetModules();
    vi.stubEnv('PLUMBLINE_TENSORFLOW', 'none');
    const fresh = await import('./open.ts');
    const lines: string[] = [];
    const engine = await fresh.openEngine({ prefer: 'native', log: (line) => lines.push(line) });
    expect(engine.kind).toBe('wasm');
    expect(engine.call).toBeNull();
    expect(lines).toEqual(['Using the slower WebAssembly engine: PLUMBLINE_TENSORFLOW is none; unset it and run `npm run setup`.']);
    expect(engine.reason).toBe('PLUMBLINE_TENSORFLOW is none; unset it and run `npm run setup`');
  });

  it('refuses an engine or a number of threads that does not exist', async () => {
    vi.stubEnv('PLUMBLINE_ENGINE', 'cuda');
    await expect(openEngine()).rejects.toThrow('PLUMBLINE_ENGINE is cuda; give native or wasm');
    vi.stubEnv('PLUMBLINE_ENGINE', '');
    vi.stubEnv('PLUMBLINE_THREADS', 'two');
    await expect(openEngine()).rejects.toThrow('PLUMBLINE_THREADS is two');
  });
});

describe.skipIf(!isLinked())('operations by name on the native engine', () => {
  it('run with every kind of attribute', async () => {
    const { call } = await open('native');
    if (!call) throw new Error('no operations');
    const [dy, x] = [tf.tensor1d([1, 2, 4]), tf.tensor1d([-1, 1, -2])];
    const gradient = call('LeakyReluGrad', { T: { dtype: 'float32' }, alpha: { float: 0.25 } }, [dy, x]);
    expect([...(await gradient.data())]).toEqual([0.25, 2, 1]);
    const bias = call('BiasAddGrad', { T: { dtype: 'float32' }, data_format: { string: 'NHWC' } }, [tf.ones([2, 3, 3, 2])]);
    expect([...(await bias.data())]).toEqual([18, 18]);
    const pooled = call(
      'MaxPool',
      { T: { dtype: 'float32' }, ksize: { int: [1, 2, 2, 1] }, strides: { int: [1, 2, 2, 1] }, padding: { string: 'VALID' } },
      [tf.reshape(tf.range(0, 4), [1, 2, 2, 1])],
    );
    expect([...(await pooled.data())]).toEqual([3]);
    const summed = call('Sum', { T: { dtype: 'float32' }, Tidx: { dtype: 'int32' }, keep_dims: { bool: true } }, [
      tf.ones([2, 2]),
      tf.tensor1d([0], 'int32'),
    ]);
    expect(summed.shape).toEqual([1, 2]);
  });

  it('give several results where an operation has several', async () => {
    const { call } = await open('native');
    const attributes = { T: { dtype: 'float32' }, sorted: { bool: true } } as const;
    const results = call?.many('TopKV2', attributes, [tf.tensor1d([3, 9, 5]), tf.scalar(2, 'int32')], 2) ?? [];
    expect(await Promise.all(results.map(async (t) => [...(await t.data())]))).toEqual([
      [9, 5],
      [1, 2],
    ]);
  });

  it("are collected by tf.tidy and fail with TensorFlow's own words", async () => {
    const { call } = await open('native');
    const before = tf.memory().numTensors;
    tf.tidy(() => void call?.('LeakyReluGrad', { T: { dtype: 'float32' }, alpha: { float: 0.2 } }, [tf.ones([2]), tf.ones([2])]));
    expect(tf.memory().numTensors).toBe(before);
    expect(() => call?.('NoSuchOperation', {}, [])).toThrow(/NoSuchOperation/);
  });
});
