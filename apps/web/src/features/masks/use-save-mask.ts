'use client';

import { useMutation } from '@apollo/client/react';
import { encodeMaskBits } from '@plumbline/ml/images/mask-bits';
import { useState } from 'react';
import { toast } from 'sonner';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { saveMaskDocument } from './documents.ts';
import type { OpenMask } from './open-mask.ts';

/** Base64 of bytes, in pieces: an argument list has an end. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

export interface SavingMask {
  readonly save: (
    image: { readonly name: string; readonly label: string; readonly split: string },
    label: string | null,
  ) => Promise<boolean>;
  readonly busy: boolean;
  /** Of the mask; null for none. */
  readonly problem: string | null;
  /** True when the mask on the server is another one by now. */
  readonly overtaken: boolean;
  /** Of the defect's name. */
  readonly labelProblem: string | null;
  readonly forget: () => void;
}

/** Sends what was drawn. */
export function useSaveMask(opened: OpenMask, datasetId: string): SavingMask {
  const [send] = useMutation(saveMaskDocument, {
    // An image with another split or label stands elsewhere in the dataset's lists.
    update: (cache, { data }) => {
      if (data?.saveMask.__typename === 'SaveMaskSuccess')
        cache.evict({ id: cache.identify({ __typename: 'Dataset', id: datasetId }) ?? '', fieldName: 'images' });
    },
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const forget = () => {
    setProblem(null);
    setIssues({});
  };
  const save: SavingMask['save'] = async (image, label) => {
    forget();
    setBusy(true);
    try {
      const { editor, imageId } = opened;
      editor.commit();
      const { drawn } = editor;
      const png = base64(await encodeMaskBits(editor.mask));
      const { data } = await send({ variables: { input: { imageId, png, replaces: editor.savedSha256, label } } });
      const result = data?.saveMask;
      if (result?.__typename !== 'SaveMaskSuccess') {
        const wrong = issuesOf(result);
        setIssues(wrong);
        setProblem(wrong['label'] ? null : sentenceOf(result));
        return false;
      }
      editor.markSaved(result.image.maskSha256 ?? null, drawn);
      const moved = result.image.split !== image.split ? ` and moved to ${result.image.split}` : '';
      const named = result.image.label !== image.label ? `, labelled ${result.image.label}` : '';
      toast.success(
        result.image.maskSha256 ? `The mask of ${image.name} is saved${named}${moved}.` : `${image.name} has no mask any more.`,
      );
      return true;
    } catch (failure) {
      setProblem(sentenceOf(failure));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problem, overtaken: 'replaces' in issues, labelProblem: issues['label'] ?? null, forget };
}
