import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { getDatamodel, type default as PrismaTypes } from '@plumbline/prisma/pothos';
import type { Context } from './context.ts';
import { prefixes, type Identified } from './identified.ts';
import { parseId, publicId } from './ids.ts';

export interface ApiTypes {
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
  };
}

/** Limits of one operation: what the largest screen asks for, several times over. */
const limits = { depth: 14, breadth: 300, complexity: 60_000 };

export const builder = new SchemaBuilder<ApiTypes>({
  plugins: [ErrorsPlugin, RelayPlugin, ComplexityPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  complexity: { limit: limits, defaultComplexity: 1, defaultListMultiplier: 5 },
  errors: { defaultTypes: [] },
  prisma: { client: (context) => context.db, dmmf: getDatamodel(), onUnusedQuery: null },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    encodeGlobalID: (type, rowId) => publicId(type as Identified, String(rowId)),
    decodeGlobalID: (id) => {
      const parsed = parseId(id);
      return { typename: parsed?.type ?? '', id: parsed?.rowId ?? '' };
    },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: { description: 'Anything with an id of its own.' },
    idFieldOptions: { description: `Stable id: \`<prefix>_<uuid>\`, with one prefix a type (${Object.values(prefixes).join(', ')}).` },
    pageInfoTypeOptions: { description: 'Where a page lies in its list.' },
    hasNextPageFieldOptions: { description: 'Whether more follow after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether the page starts after the beginning of the list.' },
    startCursorFieldOptions: { description: 'Cursor of the first item.' },
    endCursorFieldOptions: { description: 'Cursor of the last item: `after` of the next page.' },
  },
});

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be done. Every answer is a union: what was done, or one sentence why not.' });
builder.subscriptionType({ description: 'What can be watched. A session or role that ends stops its subscriptions within five seconds.' });

/** The types of this schema, as references of its types carry them. */
export type SchemaTypes = (typeof builder)['$inferSchemaTypes'];
