import type { FieldPolicy } from '@apollo/client';

interface SparseConnection {
  /** null where nothing has been read yet. */
  readonly edges: readonly unknown[];
}

/**
 * A connection that is read at any place by `skip`: every page lies at its place, and null wherever nothing was read.
 * Reading the query itself again forgets all pages but the one it reads.
 */
export function sparsePagination(keyArgs: string[]): FieldPolicy<SparseConnection> {
  return {
    keyArgs,
    merge(existing, incoming, { args }) {
      const skip = Number(args?.['skip'] ?? 0);
      const edges = [...(existing?.edges ?? [])];
      while (edges.length < skip) edges.push(null);
      edges.splice(skip, incoming.edges.length, ...incoming.edges);
      return { ...incoming, edges };
    },
  };
}
