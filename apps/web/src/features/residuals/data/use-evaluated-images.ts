'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import type { Measure } from '../view/view-state.ts';
import { evaluationImagesDocument } from './documents.ts';
import { toEvaluatedImage, type EvaluatedImage } from './images.ts';

export interface EvaluatedImages {
  readonly images: readonly EvaluatedImage[];
  /** null until the first page has come. */
  readonly total: number | null;
  readonly complete: boolean;
  /** One sentence, when a page could not be loaded. */
  readonly error: string | null;
  readonly retry: () => void;
}

const PAGE = 100;
const nothing = { images: [], total: null, complete: false, error: null } as const;

/** Lists of evaluations seen lately, so that coming back shows them at once. */
const remembered = new Map<string, Omit<EvaluatedImages, 'retry'>>();
function remember(key: string, list: Omit<EvaluatedImages, 'retry'>): void {
  remembered.delete(key);
  remembered.set(key, list);
  for (const [oldest] of remembered) if (remembered.size > 4) remembered.delete(oldest);
}

/**
 * All images of an evaluation, page after page, the highest scores first; filters and order are then applied without asking again.
 * @param revision changes when the evaluation's images do (its finish): loads anew
 */
export function useEvaluatedImages(evaluationId: string, firstMeasure: Measure, revision: string): EvaluatedImages {
  const client = useApolloClient();
  const key = `${evaluationId} ${revision}`;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ key: string; list: Omit<EvaluatedImages, 'retry'> }>({ key, list: remembered.get(key) ?? nothing });
  const [measure] = useState(firstMeasure);

  useEffect(() => {
    let stopped = false;
    if (remembered.get(key)?.complete) return;
    const page = async (after: string | null) => {
      const { data } = await client.query({
        query: evaluationImagesDocument,
        variables: { id: evaluationId, first: PAGE, after, measure },
        fetchPolicy: 'no-cache',
      });
      if (!data?.evaluation) throw new Error('This evaluation does not exist any more, or you may not see it.');
      return data.evaluation.reconstructions;
    };
    const load = async (): Promise<void> => {
      const found = new Map<string, EvaluatedImage>();
      let after: string | null = null;
      for (;;) {
        const { edges, pageInfo, totalCount } = await page(after);
        if (stopped) return;
        for (const edge of edges) found.set(edge.node.id, toEvaluatedImage(edge.node));
        after = pageInfo.endCursor ?? null;
        const complete = !pageInfo.hasNextPage || after === null;
        const list = { images: [...found.values()], total: totalCount, complete, error: null };
        remember(key, list);
        setState({ key, list });
        if (complete) return;
      }
    };
    load().catch((error: unknown) => {
      if (!stopped)
        setState((last) => ({
          key,
          list: { ...(last.key === key ? last.list : nothing), error: error instanceof Error ? error.message : String(error) },
        }));
    });
    return () => {
      stopped = true;
    };
  }, [client, evaluationId, key, measure, attempt]);

  return { ...(state.key === key ? state.list : (remembered.get(key) ?? nothing)), retry: () => setAttempt((n) => n + 1) };
}
