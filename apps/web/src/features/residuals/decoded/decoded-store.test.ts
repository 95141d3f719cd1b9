import { expect, test } from 'vitest';
import { answeringWorker } from '../maps/answering-worker.ts';
import { DecodedStore } from './decoded-store.ts';
import type { DecodingTask } from './tasks.ts';

const BYTES = 4 * 16;

/** A worker that answers at once, so that what it was asked for can be seen. */
function harness(cacheBytes = 10 * BYTES) {
  const tasks: DecodingTask[] = [];
  const workers: { terminated: boolean }[] = [];
  const create = () => {
    const state = { terminated: false };
    workers.push(state);
    return answeringWorker(
      (task: DecodingTask) => {
        tasks.push(task);
        return { result: task.kind === 'keep' ? null : { width: 4, height: 4, channels: 1, rgba: new Uint8ClampedArray(BYTES) } };
      },
      () => (state.terminated = true),
    );
  };
  const store = new DecodedStore(create, () => ({}), cacheBytes);
  const decoded = (model: string, inputUrl = '/input.png', turns = [0.5]) =>
    store.decoded({ model: { id: model, files: [] }, inputUrl, turns }, new AbortController().signal);
  return { store, decoded, tasks, workers };
}

test('no worker runs until something is decoded, and the same is decoded once', async () => {
  const { store, decoded, tasks, workers } = harness();
  store.keep([]);
  expect(workers).toHaveLength(0);
  const first = await decoded('a');
  expect(await decoded('a')).toBe(first);
  await decoded('a', '/other.png');
  await decoded('a', '/input.png', [0.6]);
  await decoded('b');
  expect(tasks).toHaveLength(4);
  expect(workers).toHaveLength(1);
});

test('sheets are remembered up to a bound in bytes', async () => {
  const { decoded, tasks } = harness(2 * BYTES);
  for (const url of ['/1.png', '/2.png', '/3.png', '/3.png', '/1.png']) await decoded('a', url);
  expect(tasks.map((task) => task.kind === 'decode' && task.inputUrl)).toEqual(['/1.png', '/2.png', '/3.png', '/1.png']);
});

test('models that are no longer shown are closed, and only where there is one', async () => {
  const { store, decoded, tasks } = harness();
  await decoded('a');
  await decoded('b');
  store.keep(['a', 'b', 'c']);
  expect([tasks.length, store.isOpen('a'), store.isOpen('b'), store.isOpen('c')]).toEqual([2, true, true, false]);
  store.keep(['b']);
  expect(tasks.at(-1)).toEqual({ kind: 'keep', models: ['b'] });
  expect([store.isOpen('a'), store.isOpen('b')]).toEqual([false, true]);
});

test('closing stops the worker; asking again starts another one', async () => {
  const { store, decoded, workers } = harness();
  await decoded('a');
  store.close();
  expect(workers).toEqual([{ terminated: true }]);
  expect(store.isOpen('a')).toBe(false);
  await decoded('b');
  expect(workers).toHaveLength(2);
});
