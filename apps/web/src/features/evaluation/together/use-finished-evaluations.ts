'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import type { FinishedEvaluationsQuery } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { protocolWords } from '../data/protocol-words.ts';
import { finishedEvaluationsDocument } from './documents.ts';
import { withWords } from './finished.ts';
import { detailOf } from './shown.ts';

type Node = NonNullable<FinishedEvaluationsQuery['project']>['evaluations']['edges'][number]['node'];

/** A finished evaluation in a list to choose from. */
export interface Finished extends Node {
  /** What tells it from others of its variant. */
  readonly detail: string;
  /** Its protocol. */
  readonly words: string;
}

/** The project's finished evaluations, newest first, a page at a time; the words are looked for in those that were loaded. */
export function useFinishedEvaluations() {
  const project = useProject();
  const [text, setText] = useState('');
  const { data, error, loading, refetch, fetchMore } = useQuery(finishedEvaluationsDocument, {
    variables: { projectId: project.id },
    fetchPolicy: 'cache-and-network',
  });
  const connection = data?.project?.evaluations;
  const all = useMemo(
    () => nodes(connection).map((one): Finished => ({ ...one, detail: detailOf(one, true), words: protocolWords(one.protocol) })),
    [connection],
  );
  const listed = useMemo(() => withWords(all, text), [all, text]);
  return { connection, listed, text, setText, error, loading, refetch, fetchMore };
}
