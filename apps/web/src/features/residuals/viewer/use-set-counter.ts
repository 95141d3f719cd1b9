'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { truthAt, type EvaluatedImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import { setCounterOf, type CountedImage, type SetCounter } from '../maps/set-counter.ts';
import { ThresholdEdges } from '../pixels/threshold-edges.ts';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';

/** The images of an evaluation whose pixels count: all but those whose defect nobody outlined, as in its results. */
export function countedImages(images: readonly EvaluatedImage[], place: number): CountedImage[] {
  return images.flatMap((image) => {
    const variant = image.variants[place];
    const { defective, maskUrl } = truthAt(image, place);
    if (!variant || (defective && maskUrl === null)) return [];
    const { inputUrl, reconstructionUrl } = variant;
    return {
      inputUrl,
      reconstructionUrl,
      size: { width: image.width, height: image.height },
      maskUrl: defective ? maskUrl : null,
    };
  });
}

const plainEdges = new ThresholdEdges();

interface SetAsk {
  /** The evaluation's id. */
  readonly evaluation: string;
  readonly images: readonly EvaluatedImage[];
  readonly place: number;
  readonly measure: Measure;
  readonly options: MapOptions;
  readonly threshold: number | null;
  readonly fitted: number | null;
  /** False keeps it from counting: another one's turn, or the list is not complete. */
  readonly run: boolean;
}

/** The pixels of the whole set under one evaluation, counted while the image is looked at; drawn again with every report. */
export function useSetCounter(store: ResidualStore, ask: SetAsk): SetCounter {
  const { evaluation, images, place, measure, options, threshold, fitted, run } = ask;
  const counted = useMemo(() => countedImages(images, place), [images, place]);
  // A threshold typed between the edges is counted for itself; the slider never asks for one.
  const odd = threshold !== null && threshold !== fitted && plainEdges.at(threshold) === null ? threshold : null;
  const counter = useMemo(
    () =>
      setCounterOf(store, evaluation, { images: counted, measure, options, thresholds: [fitted, odd].filter((value) => value !== null) }),
    [store, evaluation, counted, measure, options, fitted, odd],
  );
  useSyncExternalStore(
    counter.onProgress,
    () => counter.version,
    () => 0,
  );
  useEffect(() => {
    if (!run) return;
    void counter.run();
    return () => counter.stop();
  }, [counter, run]);
  return counter;
}
