'use client';

import { useQuery } from '@apollo/client/react';
import { orientationsDocument } from './documents.ts';

/** The angles by which an opened image's patches were turned, degrees modulo 180 in the order they are cut; empty where the regime turns none, null until they came. */
export function useOrientations(reconstructionId: string | null): readonly number[] | null {
  // They never change.
  const { data } = useQuery(orientationsDocument, {
    variables: { id: reconstructionId ?? '' },
    skip: reconstructionId === null,
    fetchPolicy: 'cache-first',
  });
  return reconstructionId === null ? null : (data?.reconstruction?.orientations ?? null);
}
