import { describe, expect, it } from 'vitest';
import { changedQuery } from '#web/lib/query-state.ts';
import { pressed, usualColumns, usualOrder } from './columns.ts';
import { columnChange, isFiltered, orderChange, readListState, requestOf, viewChange, viewQuery } from './list-state.ts';

const from = (text: string) => {
  const params = new URLSearchParams(text);
  return (name: string) => params.get(name);
};

describe('the list of runs in the address', () => {
  it('is the usual list where nothing, or nothing known, is told', () => {
    for (const text of ['', 'state=nonsense&kind=x&sort=DROP&order=ascending&columns=a,b&text=+']) {
      const state = readListState(from(text));
      expect(state).toMatchObject({ order: usualOrder, columns: usualColumns, chosenColumns: false, kind: null, text: '' });
      expect(isFiltered(state)).toBe(false);
      expect(requestOf(state).state).toBeNull();
    }
  });

  it('names states, things, text and order for the API', () => {
    const state = readListState(from('state=paused&dataset=dst_1&variant=var_1&kind=orientation&person=usr_1&text=a%20b&sort=seed'));
    expect(isFiltered(state)).toBe(true);
    expect(requestOf(state)).toEqual({
      state: ['paused'],
      datasetId: 'dst_1',
      variantId: 'var_1',
      kind: 'orientation',
      createdById: 'usr_1',
      text: 'a b',
      sort: 'seed',
      ascending: false,
    });
  });

  it('a head orders the usual way first and then the other way; the usual order stays out of the address', () => {
    const byLoss = pressed(usualOrder, 'validationLoss');
    expect(byLoss).toEqual({ sort: 'validationLoss', ascending: true });
    expect(orderChange(byLoss)).toEqual({ sort: 'validationLoss', order: 'ascending' });
    expect(pressed(byLoss, 'validationLoss')).toEqual({ sort: 'validationLoss', ascending: false });
    expect(orderChange(pressed(byLoss, 'queued'))).toEqual({ sort: null, order: null });
  });

  it('columns are added in their place and taken out; one always stays, and the usual ones are not told', () => {
    const state = readListState(from(''));
    expect(columnChange(state, 'priority')).toEqual({ columns: expect.stringMatching(/seed,priority,epoch/) });
    const one = readListState(from('columns=variant'));
    expect(columnChange(one, 'variant')).toEqual({});
    const without = columnChange(state, 'person')['columns'] ?? '';
    expect(columnChange(readListState(from(`columns=${without}`)), 'person')).toEqual({ columns: null });
  });

  it('a saved view brings back exactly what it kept', () => {
    const query = viewQuery(from('page=7&order=ascending&sort=seed&state=failed&text=50%25'));
    expect(query).toBe('state=failed&text=50%25&sort=seed&order=ascending');
    const opened = changedQuery('?person=usr_1&new=1', viewChange(query));
    expect(viewQuery(from(opened.slice(1)))).toBe(query);
    expect(opened).toContain('new=1');
  });
});
