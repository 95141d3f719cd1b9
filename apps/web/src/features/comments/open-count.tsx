'use client';

import { useQuery } from '@apollo/client/react';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { count } from '#web/lib/numbers.ts';
import { openThreadsDocument } from './documents.ts';

/** How many threads of the project are open, for the navigation; nothing while there are none. */
export function OpenThreadCount() {
  const project = useProject();
  const { data, refetch } = useQuery(openThreadsDocument, { variables: { projectId: project.id } });
  useProjectChanges(['comment'], () => void refetch());
  const open = data?.project?.openThreadCount ?? 0;
  return open > 0 ? (
    <span className="ml-auto rounded-full bg-selected px-1.5 text-2xs font-medium text-ink-2">
      {count(open)}
      <span className="sr-only"> open</span>
    </span>
  ) : null;
}
