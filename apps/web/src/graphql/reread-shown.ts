/** The API lists no more in one answer. */
const longestPage = 500;

interface ListRead {
  readonly edges: readonly unknown[];
}

/**
 * Reads a list again as far as it is shown: what "Show more" has added stays, and so does a selection in it.
 * @param refetch of a query whose variable `first` is the list's length
 * @param connection what is shown now
 * @param page length of the list's first page, in entries
 */
export function rereadShown(
  refetch: (variables: { first: number }) => Promise<unknown>,
  connection: ListRead | null | undefined,
  page: number,
): void {
  // The query itself shows what is wrong.
  refetch({ first: Math.min(longestPage, Math.max(page, connection?.edges.length ?? 0)) }).catch(() => undefined);
}
