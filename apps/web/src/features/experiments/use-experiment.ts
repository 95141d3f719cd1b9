'use client';

import { useQuery, useSubscription } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useProjectChanges } from '#web/components/frame/project-context.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { experimentChangedDocument, experimentCurvesDocument, experimentDocument } from './documents.ts';
import { isLive } from './experiment-states.ts';
import type { EpochPoint } from './seed-bands.ts';

/** Between two readings of all runs while they tell of themselves. */
const pace = 1_000;

/** Calls at once when it rests, else once more after the pace: many changes in a row make few readings, and the last is never lost. */
function usePaced(act: () => void): () => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const again = useRef(false);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  return useCallback(() => {
    const rest = () => {
      timer.current = null;
      if (!again.current) return;
      again.current = false;
      go();
    };
    const go = () => {
      latest.current();
      timer.current = setTimeout(rest, pace);
    };
    if (timer.current === null) go();
    else again.current = true;
  }, []);
}

/** An experiment with its runs and their curves an epoch, live while anything of it is under way. */
export function useExperiment(id: string) {
  const { data, error, refetch } = useQuery(experimentDocument, { variables: { id } });
  const curves = useQuery(experimentCurvesDocument, { variables: { id }, fetchPolicy: 'no-cache' });
  const [liveEnded, setLiveEnded] = useState<string | null>(null);
  const experiment = data?.experiment ?? null;
  const runs = useMemo(() => nodes(experiment?.trainingRuns), [experiment?.trainingRuns]);
  const reload = usePaced(() => void refetch());
  useSubscription(experimentChangedDocument, {
    variables: { id },
    skip: !experiment || !isLive(experiment.state),
    ignoreResults: true,
    onData: () => {
      setLiveEnded(null);
      reload();
    },
    onError: (failure) => setLiveEnded(sentenceOf(failure)),
  });
  // What was missed while the connection was away, and evaluations or runs that are made once all of it has ended.
  useProjectChanges(experiment && isLive(experiment.state) ? [] : ['experiment', 'evaluation'], reload);

  const epochs = runs.reduce((sum, run) => sum + run.epoch, 0) + runs.length;
  const { refetch: refetchCurves } = curves;
  const reloadCurves = usePaced(() => void refetchCurves());
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (known.current !== null && known.current !== epochs) reloadCurves();
    known.current = runs.length > 0 ? epochs : null;
  }, [epochs, runs.length, reloadCurves]);
  const curveOf = useMemo(() => {
    const found = new Map<string, readonly EpochPoint[]>(nodes(curves.data?.experiment?.trainingRuns).map((run) => [run.id, run.curve]));
    return (runId: string): readonly EpochPoint[] => found.get(runId) ?? [];
  }, [curves.data]);

  return {
    experiment,
    runs,
    curveOf,
    curvesLoading: curves.loading && !curves.data,
    answered: data !== undefined,
    error,
    reload,
    liveEnded,
  };
}
