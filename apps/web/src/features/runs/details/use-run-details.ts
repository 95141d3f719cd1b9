'use client';

import { useLazyQuery, useQuery, useSubscription } from '@apollo/client/react';
import { useState } from 'react';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { RunDetailsQuery } from '#web/graphql/generated/graphql.ts';
import { runDetailsChangedDocument, runDetailsDocument } from '../documents.ts';
import { mergeBy } from './merge.ts';

type Details = NonNullable<RunDetailsQuery['trainingRun']>;
export type LogLine = Details['logLines'][number];
export type Vital = Details['vitals'][number];
export type Orientation = Details['orientations'][number];

interface Known {
  readonly lines: readonly LogLine[];
  readonly vitals: readonly Vital[];
  readonly orientations: readonly Orientation[];
}

const firstLines = 200;
/** As many as the platform keeps. */
const mostLines = 2000;

function joined(known: Known, fresh: Known): Known {
  return {
    lines: mergeBy(known.lines, fresh.lines, (line) => line.number, mostLines),
    vitals: mergeBy(known.vitals, fresh.vitals, (vital) => Date.parse(vital.at)),
    orientations: mergeBy(known.orientations, fresh.orientations, (one) => one.epoch),
  };
}

const none: Known = { lines: [], vitals: [], orientations: [] };
const knownOf = ({ logLines, vitals, orientations }: Pick<Details, 'logLines' | 'vitals' | 'orientations'>): Known => ({
  lines: logLines,
  vitals,
  orientations,
});

/** Log, memory and orientations of a run; live while it is under way. */
export function useRunDetails(id: string, live: boolean) {
  const [known, setKnown] = useState<Known>(none);
  const { data, error, refetch } = useQuery(runDetailsDocument, { variables: { id, log: firstLines }, fetchPolicy: 'no-cache' });
  const [loadAll, all] = useLazyQuery(runDetailsDocument, { fetchPolicy: 'no-cache' });
  const [taken, setTaken] = useState<unknown>(null);
  if (data && data !== taken) {
    setTaken(data);
    if (data.trainingRun) setKnown(joined(known, knownOf(data.trainingRun)));
  }
  useSubscription(runDetailsChangedDocument, {
    variables: { id },
    skip: !live,
    ignoreResults: true,
    onData: ({ data: event }) => {
      const change = event.data?.trainingRunChanged;
      if (change) setKnown((before) => joined(before, knownOf(change)));
    },
  });
  return {
    ...known,
    loading: !data && !error,
    error: error && known.lines.length === 0 ? sentenceOf(error) : null,
    reload: () => void refetch(),
    /** Whether lines before the first one shown are kept. */
    earlier: (known.lines[0]?.number ?? 1) > 1 && known.lines.length < mostLines && !all.data,
    loadingEarlier: all.loading,
    loadEarlier: async () => {
      const { data: whole } = await loadAll({ variables: { id, log: mostLines } });
      if (whole?.trainingRun) setKnown((before) => joined(before, knownOf(whole.trainingRun!)));
    },
  };
}
