import type { RunKind, RunSort } from '#web/graphql/generated/graphql.ts';
import type { QueryChange } from '#web/lib/query-state.ts';
import { stateFilters } from '../run-states.ts';
import { columns, usualColumns, usualOrder, type ColumnKey, type Order } from './columns.ts';

/** What the list of runs is filtered, ordered and shown by: all of it stands in the address. */
export interface ListState {
  readonly state: (typeof stateFilters)[number];
  readonly datasetId: string | null;
  readonly variantId: string | null;
  readonly kind: RunKind | null;
  readonly personId: string | null;
  readonly text: string;
  readonly order: Order;
  readonly columns: readonly ColumnKey[];
  /** Whether the columns were chosen, and are not the usual ones. */
  readonly chosenColumns: boolean;
}

export const filterNames = ['state', 'dataset', 'variant', 'kind', 'person', 'text'] as const;
/** Everything that a saved view keeps, in the order in which it stands in the address. */
const viewNames = [...filterNames, 'sort', 'order', 'columns'] as const;

const sorts = new Set<string>(columns.flatMap(({ sort }) => (sort ? [sort] : [])));
const isSort = (text: string | null): text is RunSort => text !== null && sorts.has(text);

/** Reads the address; what is unknown there counts as not given. */
export function readListState(get: (name: string) => string | null): ListState {
  const sort = get('sort');
  const named = get('columns')?.split(',') ?? [];
  const chosen = columns.map(({ key }) => key).filter((key) => named.includes(key));
  const kind = get('kind');
  return {
    state: stateFilters.find(({ value }) => value === get('state')) ?? stateFilters[0],
    datasetId: get('dataset'),
    variantId: get('variant'),
    kind: kind === 'orientation' || kind === 'reconstruction' ? kind : null,
    personId: get('person'),
    text: get('text')?.trim() ?? '',
    order: isSort(sort) ? { sort, ascending: get('order') === 'ascending' } : usualOrder,
    columns: chosen.length > 0 ? chosen : usualColumns,
    chosenColumns: chosen.length > 0,
  };
}

export const isFiltered = ({ state, datasetId, variantId, kind, personId, text }: ListState): boolean =>
  state.states !== null || Boolean(datasetId ?? variantId ?? kind ?? personId) || text !== '';

/** Takes every filter out of the address. */
export const noFilters: QueryChange = Object.fromEntries(filterNames.map((name) => [name, null]));

/** The filters and the order as the API takes them. */
export function requestOf(state: ListState) {
  const { datasetId, variantId, kind, personId, text, order } = state;
  return {
    ...{ datasetId, variantId, kind, text: text === '' ? null : text, createdById: personId },
    ...{ sort: order.sort, ascending: order.ascending, state: state.state.states ? [...state.state.states] : null },
  };
}

/** What stands in the address after another order was chosen; the usual one stays out of it. */
export function orderChange({ sort, ascending }: Order): QueryChange {
  const usual = sort === usualOrder.sort && ascending === usualOrder.ascending;
  return { sort: usual ? null : sort, order: usual || !ascending ? null : 'ascending' };
}

/** What stands in the address after a column was shown or hidden; the last one stays. */
export function columnChange(state: ListState, key: ColumnKey): QueryChange {
  const shown = new Set(state.columns);
  if (!shown.delete(key)) shown.add(key);
  if (shown.size === 0) return {};
  const keys = columns.map((column) => column.key).filter((one) => shown.has(one));
  return { columns: keys.join() === usualColumns.join() ? null : keys.join() };
}

/** The query string that a saved view keeps of the address. */
export function viewQuery(get: (name: string) => string | null): string {
  const kept = new URLSearchParams();
  for (const name of viewNames) {
    const value = get(name);
    if (value) kept.set(name, value);
  }
  return kept.toString();
}

/** What stands in the address once a saved view is opened: all of it, and nothing else of the list. */
export function viewChange(query: string): QueryChange {
  const kept = new URLSearchParams(query);
  return Object.fromEntries(viewNames.map((name) => [name, kept.get(name)]));
}
