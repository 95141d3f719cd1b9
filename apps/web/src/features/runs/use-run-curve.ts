'use client';

import { useQuery } from '@apollo/client/react';
import { useCallback, useMemo, useState } from 'react';
import { runCurveDocument } from './documents.ts';
import { mergePoints, type CurvePoint } from './curve-data.ts';

/**
 * The curve of a run: fetched once, then grown by what the subscription brings. Kept out of the cache, which would copy thousands of points
 * at every one.
 */
export function useRunCurve(runId: string): {
  points: readonly CurvePoint[];
  loading: boolean;
  append: (points: readonly CurvePoint[]) => void;
  reload: () => void;
} {
  const { data, loading, refetch } = useQuery(runCurveDocument, { variables: { id: runId }, fetchPolicy: 'no-cache' });
  const [fresh, setFresh] = useState<readonly CurvePoint[]>([]);
  const append = useCallback((points: readonly CurvePoint[]) => {
    if (points.length > 0) setFresh((known) => mergePoints(known, points));
  }, []);
  const fetched = data?.trainingRun?.curve;
  const points = useMemo(() => mergePoints(fetched ?? [], fresh), [fetched, fresh]);
  const reload = useCallback(() => void refetch(), [refetch]);
  return { points, loading: loading && !fetched, append, reload };
}
