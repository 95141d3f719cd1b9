'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import type { CommentCounts } from '#web/features/residuals/data/commented.ts';
import { commentedImagesDocument } from './documents.ts';

/** Threads about the images of some evaluations by the Image's id, live; empty until they have come. */
export function useCommentedImages(evaluationIds: readonly string[]): ReadonlyMap<string, CommentCounts> {
  const project = useProject();
  const { data, refetch } = useQuery(commentedImagesDocument, {
    variables: { projectId: project.id, evaluationIds: [...evaluationIds] },
    fetchPolicy: 'cache-and-network',
  });
  useProjectChanges(['comment'], () => void refetch());
  const found = data?.project?.commentedImages;
  return useMemo(() => new Map(found?.map((counts) => [counts.imageId, counts])), [found]);
}
