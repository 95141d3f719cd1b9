import { describe, expect, it } from 'vitest';
import { PageLoader } from './page-loader.ts';

/** A list of 1,000 whose pages of 10 are answered when the test says so. */
function list() {
  const there = new Set<number>();
  const asked: number[] = [];
  const waiting = new Map<number, { answer: () => void; fail: () => void }>();
  const failures: { error: unknown; again: () => void }[] = [];
  const loader = new PageLoader({
    onFailed: (error, again) => failures.push({ error, again }),
    page: 10,
    atOnce: 2,
    misses: ({ from, to }) => Array.from({ length: Math.min(1000, to) - from }, (_, at) => from + at).some((place) => !there.has(place)),
    load: (skip, first) => {
      asked.push(skip);
      return new Promise<void>((resolve, reject) =>
        waiting.set(skip, {
          answer: () => {
            for (let place = skip; place < skip + first; place++) there.add(place);
            resolve();
          },
          fail: () => reject(new Error('unreachable')),
        }),
      );
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    ...{ loader, asked, failures, there, settle },
    answer: (skip: number) => (waiting.get(skip)!.answer(), settle()),
    fail: (skip: number) => (waiting.get(skip)!.fail(), settle()),
  };
}

describe('a page loader', () => {
  it('asks for the pages that are looked at, two at a time, each once', async () => {
    const { loader, asked, answer } = list();
    loader.want({ from: 15, to: 45 });
    loader.want({ from: 16, to: 46 });
    expect(asked).toEqual([10, 20]);
    await answer(20);
    expect(asked).toEqual([10, 20, 30]);
    await answer(10);
    await answer(30);
    expect(asked).toEqual([10, 20, 30, 40]);
    await answer(40);
    loader.want({ from: 10, to: 50 });
    expect(asked).toEqual([10, 20, 30, 40]);
  });

  it('leaves out what was scrolled past before its turn came', async () => {
    const { loader, asked, answer } = list();
    loader.want({ from: 0, to: 30 });
    loader.want({ from: 500, to: 530 });
    loader.want({ from: 985, to: 1000 });
    expect(asked).toEqual([0, 10]);
    await answer(0);
    await answer(10);
    expect(asked).toEqual([0, 10, 980, 990]);
  });

  it('says that a page could not be read, and how to ask for it again', async () => {
    const { loader, asked, failures, fail } = list();
    loader.want({ from: 0, to: 10 });
    await fail(0);
    expect([asked, failures.map(({ error }) => error)]).toEqual([[0], [new Error('unreachable')]]);
    failures[0]!.again();
    expect(asked).toEqual([0, 0]);
  });

  it('reads all of a range but what is there', async () => {
    const { loader, asked, there, answer } = list();
    for (let place = 10; place < 20; place++) there.add(place);
    const all = loader.all({ from: 5, to: 35 });
    await answer(0);
    await answer(20);
    await answer(30);
    await all;
    expect(asked).toEqual([0, 20, 30]);
  });
});
