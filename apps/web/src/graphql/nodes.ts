interface Connection<T> {
  readonly edges?: readonly ({ readonly node?: T | null } | null)[] | null;
}

/** The nodes of a connection, gaps left out. */
export function nodes<T>(connection: Connection<T> | null | undefined): T[] {
  return (connection?.edges ?? []).flatMap((edge) => (edge?.node ? [edge.node] : []));
}
