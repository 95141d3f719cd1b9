'use client';

import { useEffect, useMemo, useState } from 'react';
import type { VariantImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import type { Picture } from '../pixels/decode.ts';
import { patchColumns, patchPlaces, toRadians, turnedFrame, type OrientationSweep, type PatchPlace, type Turning } from '../pixels/patches.ts';
import type { PatchFrame } from './scene.ts';
import type { TurnedLook } from './use-scene.ts';

/** How one variant turned the patches of the opened image. */
export interface TurnedVariant {
  readonly places: readonly PatchPlace[];
  /** α of each patch modulo 180, as stored. */
  readonly degrees: readonly number[];
  readonly look: TurnedLook;
}

/**
 * Frames of the patches as they lie in the image, and, where asked for, the sheet of turned patches; null where none is turned or the angles are on their way.
 * @param chosen the patch whose frame is drawn in full
 */
export function useTurnedVariant(
  store: ResidualStore,
  variant: VariantImage | null,
  turning: Turning | null,
  degrees: readonly number[] | null,
  chosen: number | null,
  { frames, sheet }: { readonly frames: boolean; readonly sheet: boolean },
): TurnedVariant | null {
  const [loaded, setLoaded] = useState<{ of: VariantImage; picture: Picture } | null>(null);
  const places = useMemo(
    () => (variant && turning ? patchPlaces({ width: variant.networkWidth, height: variant.networkHeight }, turning.geometry) : null),
    [variant, turning],
  );
  const known = places !== null && degrees?.length === places.length ? degrees : null;

  useEffect(() => {
    if (!variant || !turning || !known || !sheet) return;
    const leave = new AbortController();
    store.patches(variant.inputUrl, turning, known, { signal: leave.signal, urgent: true }).then(
      (picture) => (leave.signal.aborted ? undefined : setLoaded({ of: variant, picture })),
      // Its input could not be read, which the other rows say.
      () => undefined,
    );
    return () => leave.abort();
  }, [store, variant, turning, known, sheet]);

  const onInput = useMemo<readonly PatchFrame[]>(
    () =>
      frames && places && known
        ? places.map((place, i) => ({ corners: turnedFrame(place, toRadians(known[i]!)), chosen: i === chosen }))
        : [],
    [frames, places, known, chosen],
  );
  const onSheet = useMemo<readonly PatchFrame[]>(() => {
    if (!frames || !places || !variant || chosen === null) return [];
    const columns = patchColumns(places);
    const [width, height] = [variant.networkWidth / columns, (variant.networkHeight * columns) / places.length];
    const [x, y] = [(chosen % columns) * width, Math.floor(chosen / columns) * height];
    const corners = [
      { x, y },
      { x: x + width, y },
      { x: x + width, y: y + height },
      { x, y: y + height },
    ];
    return [{ corners, chosen: true }];
  }, [frames, places, variant, chosen]);

  const picture = loaded && loaded.of === variant ? loaded.picture : null;
  return useMemo(
    () => (places && known ? { places, degrees: known, look: { picture, onInput, onSheet } } : null),
    [places, known, picture, onInput, onSheet],
  );
}

export interface SweepState {
  readonly sweep: OrientationSweep | null;
  readonly error: string | null;
}

/** J(α) of the chosen patch, computed in a worker. */
export function useSweep(store: ResidualStore, variant: VariantImage | null, turning: Turning | null, patch: number | null): SweepState {
  const key = variant && turning && patch !== null ? `${variant.reconstructionId} ${patch}` : null;
  const [state, setState] = useState<{ key: string; sweep: OrientationSweep | null; error: string | null } | null>(null);
  useEffect(() => {
    if (key === null || !variant || !turning || patch === null) return;
    const leave = new AbortController();
    store.sweep(variant.inputUrl, turning, patch, { signal: leave.signal, urgent: true }).then(
      (sweep) => (leave.signal.aborted ? undefined : setState({ key, sweep, error: null })),
      (error: unknown) =>
        leave.signal.aborted ? undefined : setState({ key, sweep: null, error: error instanceof Error ? error.message : String(error) }),
    );
    return () => leave.abort();
  }, [store, variant, turning, patch, key]);
  return state?.key === key && state !== null ? state : { sweep: null, error: null };
}
