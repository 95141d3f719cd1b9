'use client';

import { useQuery } from '@apollo/client/react';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { EditImagesInput, ImageEditEffectFieldsFragment } from '#web/graphql/generated/graphql.ts';
import { useRested } from '#web/lib/use-rested.ts';
import { imageEditPreviewDocument } from './documents.ts';

const typedPauseMs = 250;

export interface Preview {
  readonly effect: ImageEditEffectFieldsFragment | null;
  /** Why it cannot be done. */
  readonly problem: string | null;
  /** The effect is not yet that of the last input. */
  readonly stale: boolean;
}

/** What a change would do, asked when the input has come to rest; null asks nothing. */
export function usePreview(input: EditImagesInput | null): Preview {
  const text = input === null ? '' : JSON.stringify(input);
  const rested = useRested(text, typedPauseMs);
  const asked = rested === '' ? null : (JSON.parse(rested) as EditImagesInput);
  const { data, previousData, error, loading } = useQuery(imageEditPreviewDocument, {
    ...(asked ? { variables: { input: asked } } : { variables: { input: { datasetId: '' } }, skip: true }),
    fetchPolicy: 'network-only',
  });
  const result = input === null ? undefined : (data ?? previousData)?.imageEditPreview;
  const effect = result?.__typename === 'PreviewImageEditSuccess' ? result.effect : null;
  const problem = error ? sentenceOf(error) : result && result.__typename !== 'PreviewImageEditSuccess' ? sentenceOf(result) : null;
  return { effect, problem, stale: loading || rested !== text };
}
