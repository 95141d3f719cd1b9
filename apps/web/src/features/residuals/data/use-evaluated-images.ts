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
  /** One sentence, when they could not be loaded. */
  readonly error: string | null;
  readonly retry: () => void;
}

/**
 * All images of some evaluations, joined; filters and order are then applied without asking again.
 * @param addresses `Evaluation.imagesUrl` of each by place; null for one that has no results
 */
export function useEvaluatedImages(addresses: readonly (string | null)[]): EvaluatedImages {
  const key = addresses.join(' ');
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<{ key: string; columns: readonly (ImageColumns | null)[] } | null>(null);
  const [failure, setFailure] = useState<{ key: string; reason: string } | null>(null);

  useEffect(() => {
    let stopped = false;
    if (key.trim() === '') return;
    const wanted = key.split(' ').map((address) => address || null);
    Promise.all(wanted.map((address) => (address ? loadColumns(address) : null)))
      .then((columns) => {
        if (stopped) return;
        setLoaded({ key, columns });
        setFailure(null);
      })
      .catch((error: unknown) => {
        if (!stopped) setFailure({ key, reason: error instanceof Error ? error.message : String(error) });
      });
    return () => {
      stopped = true;
    };
  }, [key, attempt]);

  // What is remembered is there at the first look, so that "back" finds its place in a grid as long as it was.
  const columns = useMemo(() => {
    // Nothing has results yet.
    if (key.trim() === '') return null;
    if (loaded?.key === key) return loaded.columns;
    const known = key.split(' ').map((address) => (address ? knownColumns(address) : null));
    return known.some((one) => one !== null) ? known : null;
  }, [loaded, key]);
  const complete = columns !== null && key.split(' ').every((address, place) => !address || columns[place]);
  const images = useMemo(() => (columns ? joinColumns(columns) : []), [columns]);
  const error = failure?.key === key ? failure.reason : null;
  return { images, total: columns ? images.length : null, complete, error, retry: () => setAttempt((n) => n + 1) };
}
