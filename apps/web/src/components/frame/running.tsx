'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { runningDocument } from '#web/features/projects/documents.ts';
import { connectionState } from '#web/graphql/connection.ts';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';
import { useProject, useProjectChanges } from './project-context.tsx';

/** "● 2 running" in the top bar, trainings and evaluations: leads to what is under way. */
export function RunningCount() {
  const project = useProject();
  const { data, refetch } = useQuery(runningDocument, { variables: { projectId: project.id } });
  useProjectChanges(['run', 'evaluation'], () => void refetch());
  const live = useSyncExternalStore(connectionState.subscribe, connectionState.get, () => true);
  const trainings = data?.project?.trainingRuns.totalCount ?? 0;
  const evaluations = data?.project?.activeEvaluations ?? 0;
  const total = trainings + evaluations;
  if (!live) {
    return (
      <span role="status" className="flex h-8 items-center gap-1.5 px-2 text-xs whitespace-nowrap text-warn">
        <span aria-hidden className="size-2 animate-pulse rounded-full border border-warn" />
        <span className="max-sm:sr-only">reconnecting</span>
      </span>
    );
  }
  return (
    <Link
      href={`/projects/${project.id}/${trainings === 0 && evaluations > 0 ? 'evaluations' : `runs${total > 0 ? '?state=active' : ''}`}`}
      title={`${plural(trainings, 'training')} and ${plural(evaluations, 'evaluation')} under way or waiting`}
      className="flex h-8 items-center gap-1.5 rounded-md px-2 text-xs whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink"
    >
      <span aria-hidden className={classes('size-2 rounded-full', total > 0 ? 'animate-pulse bg-accent' : 'border border-ink-3')} />
      <span>
        {total}
        <span className="max-sm:sr-only"> running</span>
      </span>
    </Link>
  );
}
