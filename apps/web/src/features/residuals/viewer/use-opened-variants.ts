'use client';

import { useEffect, useState } from 'react';
import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import { truthAt, type EvaluatedImage, type VariantImage } from '../data/images.ts';
import type { Ask, ResidualStore } from '../maps/residual-store.ts';
import type { Picture } from '../pixels/decode.ts';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';

/** Everything of one image under one evaluation that is drawn, read out or counted. */
export interface OpenedVariant {
  readonly reconstructionId: string;
  readonly measure: Measure;
  readonly input: Picture;
  readonly reconstruction: Picture;
  /** At network scale: one value per shown pixel. */
  readonly map: FloatMap;
  /** At the original image's size: what is exported and counted. Null where the variant was asked for without it. */
  readonly fullMap: FloatMap | null;
  /** At the original image's size; null = good, or a defect that nobody outlined. */
  readonly truth: Mask | null;
}

/** What is to be opened at one place of the view's list. */
export interface VariantAsk {
  readonly place: number;
  readonly options: MapOptions;
  /** False where no pixel of the stored pictures is one of the photograph's. */
  readonly aligned: boolean;
  /** Whether the map at the original image's size is looked at: of a large photograph it is by far the largest part. */
  readonly full: boolean;
}

interface Result {
  readonly key: VariantImage;
  readonly opened: OpenedVariant | null;
  readonly error: string | null;
}

export interface OpenedVariants {
  /** By place; nothing there while it is on its way, or where the evaluation did not measure the image. */
  readonly opened: ReadonlyMap<number, OpenedVariant>;
  /** By place: one sentence. */
  readonly errors: ReadonlyMap<number, string>;
  readonly retry: () => void;
}

/** Loads one variant of an image. @param ask `urgent` where somebody waits for it */
export async function loadVariant(
  store: ResidualStore,
  image: EvaluatedImage,
  variant: VariantImage,
  { place, options, aligned, full }: VariantAsk,
  measure: Measure,
  ask: Ask,
): Promise<OpenedVariant> {
  const { maskUrl } = truthAt(image, place);
  const size = aligned ? { width: image.width, height: image.height } : { width: variant.networkWidth, height: variant.networkHeight };
  const [input, reconstruction, map, fullMap, truth] = await Promise.all([
    ...smallParts(store, variant, options, measure, ask),
    full ? store.map(variant, measure, options, size, ask) : null,
    maskUrl && aligned ? store.mask(maskUrl, size, variant.reconstructionUrl, ask) : null,
  ]);
  return { reconstructionId: variant.reconstructionId, measure, input, reconstruction, map, fullMap, truth };
}

/** What is loaded of an image before it is opened too: pictures and map at network scale, so that eight variants of it cost little. */
const smallParts = (store: ResidualStore, variant: VariantImage, options: MapOptions, measure: Measure, ask: Ask) =>
  [
    store.picture(variant.inputUrl, variant.reconstructionUrl, ask),
    store.picture(variant.reconstructionUrl, variant.reconstructionUrl, ask),
    store.map(variant, measure, options, null, ask),
  ] as const;

/** Loads quietly what an image shows first, for when it is opened. */
export async function prefetchVariant(
  store: ResidualStore,
  variant: VariantImage,
  ask: VariantAsk,
  measure: Measure,
  signal: AbortSignal,
): Promise<void> {
  // What cannot be had is said when the image is opened.
  await Promise.allSettled(smallParts(store, variant, ask.options, measure, { signal }));
}

/**
 * Loads an image under every asked variant, each shown as soon as it is there, and then quietly the neighbours, so that the next image is there at once.
 * @param asks the same object as long as it says the same
 */
export function useOpenedVariants(
  store: ResidualStore,
  image: EvaluatedImage,
  asks: readonly VariantAsk[],
  neighbours: readonly EvaluatedImage[],
  measure: Measure,
): OpenedVariants {
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const leave = new AbortController();
    const put = (place: number, result: Result): void => {
      if (!leave.signal.aborted) setResults((now) => new Map(now).set(place, result));
    };
    // The workers take the newest request first: the first variant is asked for last.
    const of = (one: EvaluatedImage, run: (variant: VariantImage, ask: VariantAsk) => Promise<void>): Promise<void>[] =>
      asks.toReversed().flatMap((ask) => {
        const variant = one.variants[ask.place];
        return variant ? [run(variant, ask)] : [];
      });
    const { signal } = leave;
    const opening = of(image, (variant, ask) =>
      loadVariant(store, image, variant, ask, measure, { signal, urgent: true }).then(
        (opened) => put(ask.place, { key: variant, opened, error: null }),
        (error: unknown) => put(ask.place, { key: variant, opened: null, error: error instanceof Error ? error.message : String(error) }),
      ),
    );
    void Promise.all(opening).then(async () => {
      for (const neighbour of neighbours)
        if (!signal.aborted) await Promise.all(of(neighbour, (variant, ask) => prefetchVariant(store, variant, ask, measure, signal)));
    });
    return () => leave.abort();
  }, [store, image, asks, neighbours, measure, attempt]);

  const opened = new Map<number, OpenedVariant>();
  const errors = new Map<number, string>();
  for (const { place } of asks) {
    const result = results.get(place);
    if (!result || result.key !== image.variants[place]) continue;
    if (result.error !== null) errors.set(place, result.error);
    // A map of other options of the same image and measure stays in sight until the new one is there.
    else if (result.opened?.measure === measure) opened.set(place, result.opened);
  }
  return {
    opened,
    errors,
    retry: () => {
      setResults(new Map());
      setAttempt((n) => n + 1);
    },
  };
}
