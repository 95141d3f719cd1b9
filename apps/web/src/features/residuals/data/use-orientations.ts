'use client';

import { useQuery } from '@apollo/client/react';
import { sentenceOf } from '#web/graphql/failure.ts';
import { orientationsDocument } from './documents.ts';

export interface Orientations {
  /** Degrees in [0, 360) in the order the patches are cut; empty where the regime turns none, null until they came. */
  readonly degrees: readonly number[] | null;
  /** Why they do not come, in one sentence. */
  readonly error: string | null;
  readonly retry: () => void;
}

/** The angles by which an opened image's patches were turned. @param reconstructionId null = nothing is asked for */
export function useOrientations(reconstructionId: string | null): Orientations {
  // They never change.
  const { data, error, loading, refetch } = useQuery(orientationsDocument, {
    variables: { id: reconstructionId ?? '' },
    skip: reconstructionId === null,
    fetchPolicy: 'cache-first',
  });
  const found = reconstructionId === null ? null : data?.reconstruction;
  const gone = data && found === null && reconstructionId !== null && !loading;
  return {
    degrees: found?.orientations ?? null,
    error: found || loading ? null : error ? sentenceOf(error) : gone ? 'This evaluation does not exist any more, or you may not see it.' : null,
    // What it fails with is told as `error`.
    retry: () => void refetch().catch(() => undefined),
  };
}
