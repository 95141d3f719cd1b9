'use client';

import { useApolloClient, useMutation } from '@apollo/client/react';
import { useCallback } from 'react';
import { toast } from 'sonner';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { EditImagesInput } from '#web/graphql/generated/graphql.ts';
import { datasetDocument, datasetImagesDocument } from '../documents.ts';
import { editImagesDocument, undoImageEditDocument } from './documents.ts';
import { effectInWords } from './effect-words.ts';

export type ImageEditInput = Omit<EditImagesInput, 'datasetId'>;

const undoShownMs = 12_000;

/** Changes many images at once, says what came of it with an undo, and has what is on the screen read again. True when it was done. */
export function useImageEdit(datasetId: string): { edit: (input: ImageEditInput) => Promise<boolean>; busy: boolean } {
  const client = useApolloClient();
  const [mutate, { loading }] = useMutation(editImagesDocument);
  const refresh = useCallback(() => {
    client.cache.evict({ id: client.cache.identify({ __typename: 'Dataset', id: datasetId }) ?? '', fieldName: 'images' });
    client.cache.evict({ id: client.cache.identify({ __typename: 'Dataset', id: datasetId }) ?? '', fieldName: 'leakPairs' });
    client.cache.gc();
    return client.refetchQueries({ include: [datasetDocument, datasetImagesDocument] });
  }, [client, datasetId]);
  const undo = useCallback(
    async (editId: string) => {
      try {
        const { data } = await client.mutate({ mutation: undoImageEditDocument, variables: { editId } });
        const result = data?.undoImageEdit;
        if (result?.__typename === 'UndoImageEditSuccess') toast('Undone.');
        else toast.error(sentenceOf(result));
      } catch (failure) {
        toast.error(sentenceOf(failure));
      }
      await refresh();
    },
    [client, refresh],
  );
  const edit = useCallback(
    async (input: ImageEditInput) => {
      try {
        const { data } = await mutate({ variables: { input: { datasetId, ...input } } });
        const result = data?.editImages;
        if (result?.__typename !== 'EditImagesSuccess') {
          toast.error(sentenceOf(result));
          return false;
        }
        const { editId, effect } = result;
        toast(`${effectInWords(effect)}.`, { duration: undoShownMs, action: { label: 'Undo', onClick: () => void undo(editId) } });
        await refresh();
        return true;
      } catch (failure) {
        toast.error(sentenceOf(failure));
        return false;
      }
    },
    [datasetId, mutate, refresh, undo],
  );
  return { edit, busy: loading };
}
