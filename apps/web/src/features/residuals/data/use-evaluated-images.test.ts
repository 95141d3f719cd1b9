import { expect, test } from 'vitest';
import type { ImageColumns } from './columns.ts';
import { settleEach } from './use-evaluated-images.ts';

test('the evaluations that can be loaded are there whatever becomes of the others', async () => {
  const columns = { datasetVersionId: 'dsv_1' } as ImageColumns;
  const put: unknown[] = [];
  await settleEach(
    ['/a', null, '/b', '/c'],
    (address) => (address === '/b' ? Promise.reject(new Error('It is gone.')) : Promise.resolve(columns)),
    (place, settled) => put.push([place, settled]),
  );
  expect(put).toHaveLength(3);
  expect(put).toEqual(expect.arrayContaining([[0, columns], [2, { failed: 'It is gone.' }], [3, columns]]));
});
