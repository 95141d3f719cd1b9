'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { modelFilesDocument } from '#web/features/networks/documents.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DecodingModel } from './tasks.ts';

/** The checkpoint that an evaluation looked with, once its files are known; null asks for none. */
export function useModelFiles(evaluationId: string | null) {
  const { data, error, refetch } = useQuery(modelFilesDocument, {
    variables: { evaluationId: evaluationId ?? '' },
    skip: evaluationId === null,
  });
  const files = data?.evaluation?.checkpoint.files ?? null;
  const model = useMemo<DecodingModel | null>(() => (evaluationId && files ? { id: evaluationId, files } : null), [evaluationId, files]);
  const reason = error
    ? sentenceOf(error)
    : data && !data.evaluation
      ? 'This evaluation does not exist any more, or you may not see it.'
      : null;
  return { model, error: reason, readAgain: refetch };
}
