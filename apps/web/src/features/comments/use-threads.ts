'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import type { ThreadsQuery, ThreadsQueryVariables } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { threadsDocument } from './documents.ts';

export type Thread = NonNullable<ThreadsQuery['project']>['comments']['edges'][number]['node'];
export type Filter = Omit<ThreadsQueryVariables, 'projectId'>;

const pageSize = 100;

/** Threads of the project that a filter keeps, live. */
export function useThreads(filter: Filter) {
  const project = useProject();
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(threadsDocument, {
    variables: { projectId: project.id, first: pageSize, ...filter },
    fetchPolicy: 'cache-and-network',
  });
  const connection = (data ?? previousData)?.project?.comments;
  useProjectChanges(['comment'], () => rereadShown(refetch, connection, pageSize));
  const threads = useMemo(() => connection && nodes(connection), [connection]);
  return { threads, connection, error, loading, refetch, fetchMore };
}
