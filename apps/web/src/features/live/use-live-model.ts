'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { parseProtocol } from '#web/features/evaluation/data/parse.ts';
import type { StoredModel } from '#web/features/networks/load-model.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { liveModelDocument, newestModelDocument } from './documents.ts';

const imageScores = ['max', 'top1pc', 'mean'] as const;

/** The model that is checked with where none is chosen: the one of the newest succeeded evaluation; null where there is none, undefined until it is known. */
export function useNewestModel(projectId: string) {
  // Beside the cache: a list read anew must not put another model in under what is being checked.
  const { data, error, refetch } = useQuery(newestModelDocument, { variables: { projectId }, fetchPolicy: 'no-cache' });
  const connection = data?.project?.evaluations;
  const newest = connection && (nodes(connection)[0]?.id ?? null);
  return { newest, error, refetch };
}

/** Everything needed to check by an evaluation's model, once it is read; null for an evaluation of another project, or none. */
export function useLiveModel(projectId: string, evaluationId: string | null) {
  const { data, error, refetch } = useQuery(liveModelDocument, {
    ...(evaluationId ? { variables: { id: evaluationId } } : { skip: true as const, variables: { id: '' } }),
  });
  const evaluation = data?.evaluation ?? null;
  const found = useMemo(() => {
    if (!evaluation || evaluation.run.project.id !== projectId || evaluation.state !== 'succeeded') return null;
    const protocol = parseProtocol(evaluation.protocol, evaluation.thresholds, evaluation.run.recipe.document, evaluation.metrics);
    const { ssim, mse, imageScore } = protocol;
    const model: StoredModel = {
      files: evaluation.checkpoint.files,
      residual: {
        ssim: { window: ssim.window, sigma: ssim.sigma, size: ssim.size },
        mse: mse.mse ?? { sigma: 0, expected: false },
        imageScore: imageScores.find((kind) => kind === imageScore) ?? 'top1pc',
      },
      expected: mse.expected ?? null,
    };
    return { evaluation, protocol, model };
  }, [evaluation, projectId]);
  return { found, missing: data !== undefined && found === null, error, refetch };
}
