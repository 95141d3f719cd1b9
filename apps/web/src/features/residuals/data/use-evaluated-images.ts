'use client';

import { useEffect, useMemo, useState } from 'react';
import { joinColumns, type ImageColumns } from './columns.ts';
import type { EvaluatedImage } from './images.ts';
import { knownColumns, loadColumns } from './load-columns.ts';

export interface EvaluatedImages {
  readonly images: readonly EvaluatedImage[];
  /** null until those of one evaluation have come. */
  readonly total: number | null;
  /** Whether those of every evaluation have come. */
  readonly complete: boolean;
  /** Places whose images have not come, and why in one sentence; null while they are on their way. The others are there all the same. */
  readonly missing: ReadonlyMap<number, string | null>;
  readonly retry: () => void;
}

/** What came of asking for the columns of one evaluation. */
type Settled = ImageColumns | { readonly failed: string };

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Asks for the columns of each address by itself: what fails keeps none of the others back.
 * @param addresses null = nothing is asked for there
 * @param put told of each place as soon as it is known
 */
export function settleEach(
  addresses: readonly (string | null)[],
  load: (address: string) => Promise<ImageColumns>,
  put: (place: number, settled: Settled) => void,
): Promise<unknown> {
  return Promise.all(
    addresses.map((address, place) =>
      address === null
        ? null
        : load(address).then(
            (columns) => put(place, columns),
            (error: unknown) => put(place, { failed: sentence(error) }),
          ),
    ),
  );
}

/**
 * All images of some evaluations, joined; filters and order are then applied without asking again.
 * @param addresses `Evaluation.imagesUrl` of each by place; null for one that has no results
 */
export function useEvaluatedImages(addresses: readonly (string | null)[]): EvaluatedImages {
  const key = addresses.join(' ');
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<{ key: string; at: ReadonlyMap<number, Settled> } | null>(null);

  useEffect(() => {
    let stopped = false;
    if (key.trim() === '') return;
    void settleEach(
      key.split(' ').map((address) => address || null),
      loadColumns,
      (place, one) => {
        if (!stopped) setSettled((now) => ({ key, at: new Map(now?.key === key ? now.at : []).set(place, one) }));
      },
    );
    return () => {
      stopped = true;
    };
  }, [key, attempt]);

  const at = settled?.key === key ? settled.at : null;
  // What is remembered is there at the first look, so that "back" finds its place in a grid as long as it was.
  const columns = useMemo(() => {
    // Nothing has results yet.
    if (key.trim() === '') return null;
    const found = key.split(' ').map((address, place) => {
      const one = at?.get(place);
      return one && !('failed' in one) ? one : address ? knownColumns(address) : null;
    });
    return found.some((one) => one !== null) ? found : null;
  }, [at, key]);
  const missing = useMemo(() => {
    const found = new Map<number, string | null>();
    for (const [place, address] of key.split(' ').entries()) {
      const one = at?.get(place);
      if (address && !columns?.[place]) found.set(place, one && 'failed' in one ? one.failed : null);
    }
    return found;
  }, [at, columns, key]);
  const images = useMemo(() => (columns ? joinColumns(columns) : []), [columns]);
  const complete = columns !== null && missing.size === 0;
  return { images, total: columns ? images.length : null, complete, missing, retry: () => setAttempt((n) => n + 1) };
}
