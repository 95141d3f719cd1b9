'use client';

import { useEffect, useMemo, useState } from 'react';
import { truthAt, type EvaluatedImage, type Truth } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import { confusionAt, type Confusion } from '../pixels/confusion.ts';
import { SetCounts } from '../pixels/pixel-counts.ts';
import { ThresholdEdges } from '../pixels/threshold-edges.ts';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';
import type { OpenedVariant } from './use-opened-variants.ts';

/** Nobody outlined the defect. */
export const isUnmarked = ({ defective, maskUrl }: Truth): boolean => defective && maskUrl === null;

interface ImageAsk {
  readonly image: EvaluatedImage;
  readonly place: number;
  readonly measure: Measure;
  readonly options: MapOptions;
  /** null = nothing is counted. */
  readonly threshold: number | null;
}

const plainEdges = new ThresholdEdges();

/**
 * Pixels of one image under one variant: of its map where that is here at the original size, else as a worker counts them, which hands over no map.
 * Null while they are on their way, or where the defect is not outlined.
 */
export function useImageConfusion(store: ResidualStore, opened: OpenedVariant | null, ask: ImageAsk): Confusion | null {
  const { image, place, measure, options, threshold } = ask;
  const truth = truthAt(image, place);
  const unmarked = isUnmarked(truth);
  const fullMap = opened?.fullMap ?? null;
  const ofMap = useMemo(
    () => (fullMap && threshold !== null && !unmarked ? confusionAt(fullMap, opened?.truth ?? null, threshold) : null),
    [fullMap, opened?.truth, threshold, unmarked],
  );

  const variant = image.variants[place] ?? null;
  const asked = !fullMap && opened !== null && threshold !== null && !unmarked ? variant : null;
  // A threshold between the edges is counted for itself.
  const odd = threshold !== null && plainEdges.at(threshold) === null ? threshold : null;
  const [counted, setCounted] = useState<{ of: typeof variant; measure: Measure; counts: SetCounts } | null>(null);
  const { width, height } = image;
  const maskUrl = truth.defective ? truth.maskUrl : null;
  useEffect(() => {
    if (!asked) return;
    const leave = new AbortController();
    const thresholds = odd === null ? [] : [odd];
    store.counts(asked, measure, options, { width, height }, maskUrl, thresholds, leave.signal).then(
      (found) => {
        if (leave.signal.aborted) return;
        const counts = new SetCounts(new ThresholdEdges(thresholds));
        counts.add(found);
        setCounted({ of: asked, measure, counts });
      },
      // The panes say what could not be read.
      () => undefined,
    );
    return () => leave.abort();
  }, [store, asked, measure, options, width, height, maskUrl, odd]);
  if (!asked || threshold === null) return ofMap;
  return counted && counted.of === asked && counted.measure === measure ? counted.counts.confusionAt(threshold) : null;
}
