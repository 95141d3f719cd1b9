import { rowIdOf } from './ids.ts';
import type { Identified } from './identified.ts';
import { InvalidInput } from './problems.ts';

/** Largest page; a larger `first` is answered with this many. */
export const longestPage = 500;
const usualPage = 50;

export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

/** A page of a list as Relay's cursor connections have it; the whole is counted only when asked for. */
export interface Page<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount(): Promise<number>;
}

/** How many rows to answer. @throws InvalidInput below 1 */
export function pageSize({ first }: PageRequest): number {
  if (first === null || first === undefined) return usualPage;
  if (first < 1) throw InvalidInput.at('first', `first is ${first}, but must be at least 1.`);
  return Math.min(first, longestPage);
}

/**
 * Where a list of rows of one parent goes on. A row of another parent is no place in it: nothing comes behind it, as behind one that does not exist,
 * so that `after` does not tell which rows others have.
 * @param parent the columns that name the parent; @throws NotFound for what is no id
 */
export function behind<Parent extends Readonly<Record<string, string>>>(
  type: Identified,
  { after }: PageRequest,
  parent: Parent,
): { cursor?: { id: string } & Parent; skip?: number } {
  return after ? { cursor: { id: rowIdOf(type, after), ...parent }, skip: 1 } : {};
}

/** A page out of rows that were fetched with one more than its size, so that a next page is known of. */
export function toPage<Row>(
  rows: readonly Row[],
  request: PageRequest,
  cursorOf: (row: Row) => string,
  totalCount: () => Promise<number>,
): Page<Row> {
  const size = pageSize(request);
  const edges = rows.slice(0, size).map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: Boolean(request.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}
