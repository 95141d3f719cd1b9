'use client';

import { useEffect, useState } from 'react';
import type { VariantImage } from '../data/images.ts';
import type { Picture } from '../pixels/decode.ts';
import { openDecodedStore, type DecodedStore } from './decoded-store.ts';
import { useModelFiles } from './use-model-files.ts';

/** The store of an opened image. Its worker stops with it, and closes the models of evaluations that are no longer shown. */
export function useDecodedStore(evaluationIds: readonly string[]): DecodedStore {
  const [store] = useState(openDecodedStore);
  const shown = evaluationIds.join(' ');
  useEffect(() => store.keep(shown.split(' ')), [store, shown]);
  useEffect(() => () => store.close(), [store]);
  return store;
}

export interface DecodedSheet {
  readonly picture: Picture | null;
  /** What is waited for, in some words; null while nothing is. */
  readonly waiting: string | null;
  /** One sentence. */
  readonly error: string | null;
  readonly retry: () => void;
}

/**
 * What an evaluation's autoencoder drew of an image's turned patches.
 * @param asked null while the row is not shown, so that no model is fetched for nothing
 * @param turns α of each patch, radians, the same object as long as it says the same; null until they came
 */
export function useDecoded(
  store: DecodedStore,
  asked: { readonly evaluationId: string; readonly variant: VariantImage } | null,
  turns: readonly number[] | null,
): DecodedSheet {
  const { evaluationId = null, variant = null } = asked ?? {};
  const { model, error: unread, readAgain } = useModelFiles(evaluationId);
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{ of: VariantImage; model: string; picture: Picture | null; error: string | null } | null>(null);

  useEffect(() => {
    if (!model || !variant || !turns) return;
    const leave = new AbortController();
    const put = (picture: Picture | null, error: string | null): void => {
      if (!leave.signal.aborted) setResult({ of: variant, model: model.id, picture, error });
    };
    store.decoded({ model, inputUrl: variant.inputUrl, turns }, leave.signal).then(
      (picture) => put(picture, null),
      (error: unknown) => put(null, error instanceof Error ? error.message : String(error)),
    );
    return () => leave.abort();
  }, [store, model, variant, turns, attempt]);

  const mine = result && result.of === variant && result.model === model?.id ? result : null;
  const error = unread ?? mine?.error ?? null;
  const waits = asked !== null && error === null && !mine?.picture;
  return {
    picture: mine?.picture ?? null,
    waiting: waits ? (model && store.isOpen(model.id) ? 'Decoding the patches…' : 'Loading the model…') : null,
    error,
    retry: () => {
      setResult(null);
      // Where the files lie may have changed; if asking fails, `unread` says why.
      readAgain().then(
        () => setAttempt((number) => number + 1),
        () => undefined,
      );
    },
  };
}
