'use client';

import { useEffect, useState } from 'react';
import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { ResidualOptions } from '@plumbline/ml/residuals';
import type { MeasuredImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import type { Picture } from '../pixels/decode.ts';
import type { Measure } from '../view/view-state.ts';

/** Everything of one image that is drawn, read out or counted. */
export interface OpenedImage {
  /** Of the reconstruction. */
  readonly id: string;
  readonly measure: Measure;
  readonly input: Picture;
  readonly reconstruction: Picture;
  /** At network scale: one value per shown pixel. */
  readonly map: FloatMap;
  /** At the original image's size: what is exported and counted. */
  readonly fullMap: FloatMap;
  /** At the original image's size; null = good, or a defect that nobody outlined. */
  readonly truth: Mask | null;
}

export interface OpenedState {
  readonly opened: OpenedImage | null;
  readonly error: string | null;
  readonly retry: () => void;
}

async function load(
  store: ResidualStore,
  image: MeasuredImage,
  measure: Measure,
  options: ResidualOptions,
  aligned: boolean,
  signal: AbortSignal,
  urgent: boolean,
): Promise<OpenedImage> {
  const ask = { signal, urgent };
  const size = aligned ? { width: image.width, height: image.height } : { width: image.networkWidth, height: image.networkHeight };
  const [input, reconstruction, map, fullMap, truth] = await Promise.all([
    store.picture(image.inputUrl, image.inputUrl, ask),
    store.picture(image.reconstructionUrl, image.inputUrl, ask),
    store.map(image, measure, options, null, ask),
    store.map(image, measure, options, size, ask),
    image.maskUrl && aligned ? store.mask(image.maskUrl, size, image.inputUrl, ask) : null,
  ]);
  return { id: image.reconstructionId, measure, input, reconstruction, map, fullMap, truth };
}

/** Loads an image with its maps, and then quietly its neighbours, so that the next one is there at once. */
export function useOpenedImage(
  store: ResidualStore,
  image: MeasuredImage,
  neighbours: readonly MeasuredImage[],
  measure: Measure,
  options: ResidualOptions,
  aligned: boolean,
): OpenedState {
  const [state, setState] = useState<{ opened: OpenedImage | null; failed: { image: MeasuredImage; reason: string } | null }>({
    opened: null,
    failed: null,
  });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const leave = new AbortController();
    load(store, image, measure, options, aligned, leave.signal, true)
      .then(async (opened) => {
        if (leave.signal.aborted) return;
        setState({ opened, failed: null });
        await Promise.allSettled(neighbours.map((one) => load(store, one, measure, options, aligned, leave.signal, false)));
      })
      .catch((error: unknown) => {
        if (!leave.signal.aborted)
          setState({ opened: null, failed: { image, reason: error instanceof Error ? error.message : String(error) } });
      });
    return () => leave.abort();
  }, [store, image, neighbours, measure, options, aligned, attempt]);

  // A map of other options of the same image and measure stays in sight until the new one is there.
  const { opened, failed } = state;
  return {
    opened: opened?.id === image.reconstructionId && opened.measure === measure ? opened : null,
    error: failed?.image === image ? failed.reason : null,
    retry: () => {
      setState({ opened: null, failed: null });
      setAttempt((n) => n + 1);
    },
  };
}
