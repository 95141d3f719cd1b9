'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { runningDocument } from '#web/features/projects/documents.ts';
import { connectionState } from '#web/graphql/connection.ts';
import { classes } from '#web/lib/classes.ts';
import { useProject, useProjectChanges } from './project-context.tsx';

/** "● 2 running" in the top bar: leads to the runs that are under way. */
export function RunningCount() {
  const project = useProject();
  const { data, refetch } = useQuery(runningDocument, { variables: { projectId: project.id } });
  useProjectChanges(['run'], () => void refetch());
  const live = useSyncExternalStore(connectionState.subscribe, connectionState.get, () => true);
  const total = data?.project?.trainingRuns.totalCount ?? 0;
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
      href={`/projects/${project.id}/runs${total > 0 ? '?state=active' : ''}`}
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
