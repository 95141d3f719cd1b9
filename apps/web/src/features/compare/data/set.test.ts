import { expect, it } from 'vitest';
import { columnTitles } from './set.ts';

it('columns are called as their variants, with their name in the tables where one variant would name two of them', () => {
  const columns = [{ name: 'ae@1234567' }, { name: 'ae@89abcde' }, { name: 'stn-frozen' }, { name: 'search' }];
  const members = [
    { column: 0, variantName: 'slim' },
    { column: 1, variantName: 'slim' },
    { column: 2, variantName: 'frozen' },
    { column: 2, variantName: 'frozen too' },
  ];
  expect(columnTitles(columns, members)).toEqual(['slim (ae@1234567)', 'slim (ae@89abcde)', 'frozen, frozen too', 'search']);
});
