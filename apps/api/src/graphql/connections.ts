import type { ObjectRef } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import type { Edge, Page } from '../paging.ts';

/** A Relay connection over pages of the given type, with its total count. */
export function connectionOf<Row extends object>(name: string, node: ObjectRef<SchemaTypes, Row, Row>, items: string) {
  const edge = builder.objectRef<Edge<Row>>(`${name}Edge`).implement({
    description: `One of the ${items} with its place in the list.`,
    fields: (t) => ({
      cursor: t.string({ description: 'The place in the list: `after` continues behind it.', resolve: (one) => one.cursor }),
      node: t.field({ type: node, description: 'The item.', resolve: (one) => one.node as never }),
    }),
  });
  return builder.objectRef<Page<Row>>(name).implement({
    description: `A page of ${items}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The items of the page.',
        // How many they are is counted at the connection already.
        complexity: { field: 1, multiplier: 1 },
        resolve: (page) => [...page.edges],
      }),
      pageInfo: t.field({ type: builder.pageInfoRef(), description: 'Where the page lies.', resolve: (page) => page.pageInfo }),
      totalCount: t.int({ description: `How many ${items} there are on all pages.`, resolve: (page) => page.totalCount() }),
    }),
  });
}

/** Descriptions of the arguments that every connection has. */
export const pageArgs = {
  first: 'How many; 50 when left out, 500 at most.',
  after: 'Cursor behind which to continue.',
};

/** Cost of a connection's items: as many as were asked for. */
export const pageComplexity = ({ first }: { first?: number | null | undefined }) => ({ field: 1, multiplier: Math.min(first ?? 50, 500) });

/** What the operation asks of the rows that a field answers, as Prisma's `include`: everything arrives in one statement. */
export function relationsOf<Include>(
  context: Context,
  info: GraphQLResolveInfo,
  typeName: string,
  path: string[] = [],
): { include?: Include } {
  return queryFromInfo({ context, info, typeName, path }) as { include?: Include };
}
