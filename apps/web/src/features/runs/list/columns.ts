import type { RunSort } from '#web/graphql/generated/graphql.ts';

/** Columns of the list of runs, in their order; keys stand in the address. */
export const columns = [
  { key: 'state', head: 'State', sort: 'state' },
  { key: 'variant', head: 'Variant', sort: 'variant' },
  { key: 'dataset', head: 'Dataset', sort: 'dataset' },
  { key: 'recipe', head: 'Recipe', sort: 'recipe' },
  { key: 'kind', head: 'Kind', sort: null },
  { key: 'experiment', head: 'Experiment', sort: null },
  { key: 'seed', head: 'Seed', sort: 'seed', numeric: true },
  { key: 'priority', head: 'Priority', sort: 'priority' },
  { key: 'epoch', head: 'Epoch', sort: 'progress', numeric: true },
  { key: 'trainLoss', head: 'Training loss', sort: 'trainLoss', numeric: true },
  { key: 'validationLoss', head: 'Validation loss', sort: 'validationLoss', numeric: true },
  { key: 'speed', head: 'Patches/s', sort: 'imagesPerSecond', numeric: true },
  { key: 'duration', head: 'Duration', sort: 'duration', numeric: true },
  { key: 'queued', head: 'Queued', sort: 'queued' },
  { key: 'started', head: 'Started', sort: 'started' },
  { key: 'finished', head: 'Finished', sort: 'finished' },
  { key: 'worker', head: 'Worker', sort: null },
  { key: 'reason', head: 'Reason', sort: null },
  { key: 'person', head: 'By', sort: 'person' },
] as const satisfies readonly { key: string; head: string; sort: RunSort | null; numeric?: boolean }[];

export type ColumnKey = (typeof columns)[number]['key'];
export type Column = { readonly key: ColumnKey; readonly head: string; readonly sort: RunSort | null; readonly numeric?: boolean };

/** Shown unless others are chosen. */
export const usualColumns: readonly ColumnKey[] = [
  ...(['state', 'variant', 'dataset', 'recipe', 'seed', 'epoch', 'validationLoss'] as const),
  ...(['speed', 'duration', 'queued', 'person'] as const),
];
/** Left out on a narrow screen unless chosen; the run's page has them. */
export const secondaryColumns: ReadonlySet<ColumnKey> = new Set<ColumnKey>(['recipe', 'seed', 'speed', 'person']);

/** Where a head is pressed first, these begin with the smallest or with A; the others with the largest or newest. */
const ascendingFirst: ReadonlySet<RunSort> = new Set<RunSort>([
  ...(['state', 'variant', 'dataset', 'recipe', 'person'] as const),
  ...(['seed', 'trainLoss', 'validationLoss'] as const),
]);

export interface Order {
  readonly sort: RunSort;
  readonly ascending: boolean;
}

export const usualOrder: Order = { sort: 'queued', ascending: false };

/** The order after a head was pressed: by its column, the usual way round first, then the other way. */
export function pressed(order: Order, sort: RunSort): Order {
  return order.sort === sort ? { sort, ascending: !order.ascending } : { sort, ascending: ascendingFirst.has(sort) };
}
