import { expect, test } from 'vitest';
import type { EvaluatedImage, VariantImage } from '../data/images.ts';
import { ResidualStore } from '../maps/residual-store.ts';
import { answeringWorker } from '../maps/answering-worker.ts';
import type { ResidualTask } from '../maps/tasks.ts';
import { loadVariant, prefetchVariant, type VariantAsk } from './use-opened-variants.ts';

const variant: VariantImage = {
  reconstructionId: 'rec_1',
  networkWidth: 4,
  networkHeight: 4,
  inputUrl: 'input',
  reconstructionUrl: 'reconstruction',
  statistics: { ssim: null, mse: null },
};
const image: EvaluatedImage = {
  id: 'img_1',
  name: 'a.png',
  label: 'stain',
  defective: true,
  split: 'test',
  width: 4096,
  height: 4096,
  maskUrl: 'mask',
  variants: [variant],
};
const ask: VariantAsk = { place: 0, options: { ssim: { window: 'gaussian', sigma: 1.5, size: 11 } }, aligned: true, full: false };

/** A store whose worker answers everything with a picture of one pixel. */
function openStore() {
  const asked: string[] = [];
  const create = () =>
    answeringWorker((task: ResidualTask) => {
      asked.push(task.kind === 'map' && task.size ? 'full map' : task.kind);
      return { result: { width: 1, height: 1, channels: 1, rgba: new Uint8ClampedArray(4) } };
    });
  return { store: new ResidualStore(create, 1), asked };
}

test('of what may be opened next only what is small is loaded', async () => {
  const { store, asked } = openStore();
  await prefetchVariant(store, variant, { ...ask, full: true }, 'ssim', new AbortController().signal);
  expect(asked.sort()).toEqual(['map', 'picture', 'picture']);
});

test('the map at the photograph’s size is loaded where it is looked at, and nowhere else', async () => {
  const without = openStore();
  expect((await loadVariant(without.store, image, variant, ask, 'ssim', {})).fullMap).toBeNull();
  expect(without.asked).not.toContain('full map');
  const within = openStore();
  expect((await loadVariant(within.store, image, variant, { ...ask, full: true }, 'ssim', {})).fullMap).not.toBeNull();
  expect(within.asked).toContain('full map');
});
