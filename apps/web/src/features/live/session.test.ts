import { expect, test } from 'vitest';
import type { StoredModel } from '#web/features/networks/load-model.ts';
import type { CheckResult } from './checker/messages.ts';
import { LiveSession } from './session.ts';

/** What a check of so many pixels gives; nothing is computed. */
function resultOf(pixels: number): CheckResult {
  const map = new Float32Array(pixels);
  return {
    ...{ width: pixels, height: 1, rgba: new Uint8ClampedArray(4 * pixels), maps: { ssim: map, mse: new Float32Array(pixels) } },
    ...{ scores: { ssim: 0, mse: 0 }, patches: 1, milliseconds: { decode: 0, network: 0, total: 0 } },
  };
}

/** A session whose photographs have as many pixels as their names say, with the names in the order of their checks; the first is looked at. */
async function opened(...names: string[]) {
  const checks: string[] = [];
  const session = new LiveSession(() => ({
    open: () => Promise.resolve({ engine: { kind: 'wasm', device: '', reason: null }, bytes: 0, regime: 'plain' }),
    check: (_picture, name) => {
      checks.push(name);
      return Promise.resolve(resultOf(Number(name)));
    },
    close: () => undefined,
  }));
  const first = session.add(names.map((name) => ({ name, picture: new Blob() })))!;
  session.want(first);
  await session.open({} as StoredModel, 'wasm');
  const settled = () => expect.poll(() => session.state().entries.every(({ state }) => state === 'checked')).toBe(true);
  return { session, checks, first, settled };
}

test('a photograph whose pixels are more than all that is kept is checked once, and shown as long as it is looked at', async () => {
  const large = String(23_000_000);
  const { session, checks, first, settled } = await opened(large, '4');
  await settled();
  // As the page does after every change, until the pixels are there.
  for (let looks = 0; looks < 3; looks++) if (!session.pixels(first)) session.want(first);
  await settled();
  expect(session.pixels(first)?.width).toBe(23_000_000);
  expect(checks).toEqual([large, '4']);

  session.want(first + 1);
  expect(session.pixels(first)).toBeNull();
  expect(session.pixels(first + 1)?.width).toBe(4);
  session.want(first);
  await settled();
  expect(session.pixels(first)?.width).toBe(23_000_000);
  expect(checks).toEqual([large, '4', large]);
});

test('what was looked at stays among the kept ones, and nothing stays of what was taken out', async () => {
  const { session, checks, first, settled } = await opened('4', '5', '6');
  await settled();
  for (const id of [first, first + 2, first + 1, first]) session.want(id);
  expect([first, first + 1, first + 2].map((id) => session.pixels(id)?.width)).toEqual([4, 5, 6]);
  expect(checks).toEqual(['4', '5', '6']);
  session.remove(first);
  expect(session.pixels(first)).toBeNull();
  session.clear();
  expect(session.pixels(first + 1)).toBeNull();
});
