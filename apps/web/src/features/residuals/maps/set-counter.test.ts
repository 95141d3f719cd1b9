import { countAt } from '@plumbline/ml/metrics';
import { expect, test } from 'vitest';
import { countPixels } from '../pixels/pixel-counts.ts';
import { ThresholdEdges } from '../pixels/threshold-edges.ts';
import { ResidualStore } from './residual-store.ts';
import { SetCounter, setCounterOf, type CountedImage } from './set-counter.ts';
import { answeringWorker } from './answering-worker.ts';
import type { ResidualTask } from './tasks.ts';

const size = { width: 8, height: 8 };
const mapOf = (n: number) => ({ ...size, data: Float32Array.from({ length: 64 }, (_, i) => ((i * 37 + n * 11) % 100) / 100) });
const maskOf = (n: number) => ({ ...size, data: Uint8Array.from({ length: 64 }, (_, i) => (n % 2 && i % 9 === 0 ? 1 : 0)) });

const images = (count: number): CountedImage[] =>
  Array.from({ length: count }, (_, n) => ({ inputUrl: `${n}`, reconstructionUrl: `${n}`, size, maskUrl: n % 2 ? `${n}` : null }));

/** Counts as the page's worker does, in the same thread; what is in `lost` cannot be read. */
function openStore(lost = new Set([13])): { store: ResidualStore; asked: string[] } {
  const asked: string[] = [];
  const create = () =>
    answeringWorker((task: Extract<ResidualTask, { kind: 'counts' }>) => {
      asked.push(task.inputUrl);
      const n = Number(task.inputUrl);
      return lost.has(n)
        ? { error: 'gone' }
        : { result: countPixels(mapOf(n), task.maskUrl === null ? null : maskOf(n), new ThresholdEdges(task.thresholds)) };
    });
  return { store: new ResidualStore(create, 2), asked };
}

const question = (count: number) => ({
  images: images(count),
  measure: 'ssim' as const,
  options: { ssim: { window: 'gaussian' as const, sigma: 1.5, size: 11 } },
  thresholds: [0.31234],
});

test('every image is counted once, whatever stops it on the way, and what cannot be read is told', async () => {
  const { store, asked } = openStore();
  const counter = new SetCounter(store, question(20));
  const running = counter.run();
  await new Promise((resolve) => setTimeout(resolve, 8));
  counter.stop();
  await running;
  expect(counter.done).toBe(false);
  await counter.run();
  expect([counter.counts.images, counter.unread, counter.done]).toEqual([19, 1, true]);
  const before = asked.length;
  await counter.run();
  expect(asked.slice(before)).toEqual(['13']);

  const sum = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  for (let n = 0; n < 20; n++) {
    if (n === 13) continue;
    const each = countAt({ map: mapOf(n), mask: maskOf(n) }, 0.31234);
    sum.truePositive += each.truePositives;
    sum.falsePositive += each.falsePositives;
    sum.falseNegative += each.falseNegatives;
  }
  expect(counter.counts.confusionAt(0.31234)).toMatchObject(sum);
});

test('what a bad connection left out is counted when it is asked for again, and nothing else', async () => {
  const lost = new Set([2, 5, 6]);
  const { store, asked } = openStore(lost);
  const counter = new SetCounter(store, question(8));
  await counter.run();
  expect([counter.counts.images, counter.unread, counter.done]).toEqual([5, 3, true]);
  lost.delete(5);
  lost.delete(6);
  const before = asked.length;
  await counter.run();
  expect(asked.slice(before).sort()).toEqual(['2', '5', '6']);
  expect([counter.counts.images, counter.unread, counter.done]).toEqual([7, 1, true]);
  lost.clear();
  await counter.run();
  expect([counter.counts.images, counter.unread]).toEqual([8, 0]);
  const whole = asked.length;
  await counter.run();
  expect(asked).toHaveLength(whole);
});

test('the same question finds the counts that are there, another option does not', () => {
  const { store } = openStore();
  const first = setCounterOf(store, 'evl_1', question(3));
  expect(setCounterOf(store, 'evl_1', question(3))).toBe(first);
  expect(setCounterOf(store, 'evl_2', question(3))).not.toBe(first);
  expect(setCounterOf(store, 'evl_1', { ...question(3), measure: 'mse' })).not.toBe(first);
});
