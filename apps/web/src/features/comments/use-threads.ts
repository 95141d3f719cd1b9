'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import type { ThreadsQuery, ThreadsQueryVariables } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { threadsDocument } from './documents.ts';

export type Thread = NonNullable<ThreadsQuery['project']>['comments']['edges'][number]['node'];
export type Filter = Omit<ThreadsQueryVariables, 'projectId'>;

const pageSize = 100;

/** What the threads are about. While other ones of it are awaited the earlier ones stay; those of another image or run do not. */
const subjectOf = (projectId: string, { runId, evaluationId, reconstructionId }: Filter): string =>
  JSON.stringify([projectId, runId, evaluationId, reconstructionId]);

/** Threads of the project that a filter keeps, live. */
export function useThreads(filter: Filter) {
  const project = useProject();
  const { data, error, loading, refetch, fetchMore } = useQuery(threadsDocument, {
    variables: { projectId: project.id, first: pageSize, ...filter },
    fetchPolicy: 'cache-and-network',
  });
  const subject = subjectOf(project.id, filter);
  const [last, setLast] = useState<{ readonly subject: string; readonly data: ThreadsQuery } | null>(null);
  if (data && last?.data !== data) setLast({ subject, data: data as ThreadsQuery });
  const connection = (data ?? (last?.subject === subject ? last.data : undefined))?.project?.comments;
  useProjectChanges(['comment'], () => rereadShown(refetch, connection, pageSize));
  const threads = useMemo(() => connection && nodes(connection), [connection]);
  return { threads, connection, error, loading, refetch, fetchMore };
}
