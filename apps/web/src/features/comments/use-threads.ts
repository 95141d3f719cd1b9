'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import type { ThreadsQuery, ThreadsQueryVariables } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { threadsDocument } from './documents.ts';

export type Thread = NonNullable<ThreadsQuery['project']>['comments']['edges'][number]['node'];
export type Filter = Omit<ThreadsQueryVariables, 'projectId'>;

/** Threads of the project that a filter keeps, live. */
export function useThreads(filter: Filter) {
  const project = useProject();
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(threadsDocument, {
    variables: { projectId: project.id, first: 100, ...filter },
    fetchPolicy: 'cache-and-network',
  });
  useProjectChanges(['comment'], () => void refetch());
  const connection = (data ?? previousData)?.project?.comments;
  const threads = useMemo(() => connection && nodes(connection), [connection]);
  return { threads, connection, error, loading, refetch, fetchMore };
}
