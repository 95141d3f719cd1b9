'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Point, Size } from '../camera/camera.ts';
import type { VariantImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import type { Picture } from '../pixels/decode.ts';
import {
  nearestPatch,
  networkTurns,
  patchColumns,
  patchPlaces,
  turnedFrame,
  type OrientationSweep,
  type PatchPlace,
  type Turning,
} from '../pixels/patches.ts';
import type { PatchFrame } from './scene.ts';
import type { TurnedLook } from './use-scene.ts';

/** How one variant turned the patches of the opened image. */
export interface TurnedVariant {
  readonly places: readonly PatchPlace[];
  /** α of each patch, radians; null until they came. */
  readonly turns: readonly number[] | null;
  readonly look: TurnedLook;
  /** Why there are no frames and no sheet, in a sentence; null while they come or are there. */
  readonly error: string | null;
}

/** The angles of the patches, where there is one for each; else why not. */
export function anglesOf(places: readonly PatchPlace[], degrees: readonly number[] | null) {
  if (degrees === null || degrees.length === places.length) return { known: degrees, error: null };
  return {
    known: null,
    error: `The evaluation has ${degrees.length} of ${places.length} angles of this image’s patches: evaluate the checkpoint again to see how they were turned.`,
  };
}

/**
 * Places of the patches, and where asked for their frames as they lie in the image; null where none is turned. Frames need the angles; which patch lies where does not.
 * @param patch whose frame is drawn in full; null = the middle one
 */
export function useTurnedVariant(
  variant: VariantImage | null,
  turning: Turning | null,
  degrees: readonly number[] | null,
  patch: number | null,
  { frames, world }: { readonly frames: boolean; readonly world: Size },
): TurnedVariant | null {
  const places = useMemo(
    () => (variant && turning ? patchPlaces({ width: variant.networkWidth, height: variant.networkHeight }, turning.geometry) : null),
    [variant, turning],
  );
  const chosen = places && variant ? chosenPatch(places, { width: variant.networkWidth, height: variant.networkHeight }, patch) : 0;
  const { width, height } = world;
  const { known, error } = places ? anglesOf(places, degrees) : { known: null, error: null };
  const turns = useMemo(() => (known ? networkTurns(known) : null), [known]);

  const onInput = useMemo<readonly PatchFrame[]>(() => {
    if (!frames || !places || !turns || !variant) return [];
    const [sx, sy] = [width / variant.networkWidth, height / variant.networkHeight];
    return places.map((place, i) => ({
      corners: turnedFrame(place, turns[i]!).map(({ x, y }) => ({ x: x * sx, y: y * sy })),
      chosen: i === chosen,
    }));
  }, [frames, places, turns, variant, chosen, width, height]);
  const onSheet = useMemo<readonly PatchFrame[]>(
    () => (frames && places ? [{ corners: sheetCell(places, chosen, { width, height }), chosen: true }] : []),
    [frames, places, chosen, width, height],
  );

  return useMemo(() => (places ? { places, turns, look: { onInput, onSheet }, error } : null), [places, turns, onInput, onSheet, error]);
}

/** The sheet of turned patches. */
export interface NormalisedSheet {
  /** null while it is on its way. */
  readonly picture: Picture | null;
  /** One sentence. */
  readonly error: string | null;
  readonly retry: () => void;
}

/** @param asked false while nobody looks at it */
export function useNormalised(
  store: ResidualStore,
  asked: boolean,
  variant: VariantImage | null,
  turning: Turning | null,
  turns: readonly number[] | null,
): NormalisedSheet {
  const [loaded, setLoaded] = useState<{ of: VariantImage; picture: Picture | null; error: string | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!asked || !variant || !turning || !turns) return;
    const leave = new AbortController();
    store.patches(variant.inputUrl, turning, turns, { signal: leave.signal, urgent: true }).then(
      (picture) => (leave.signal.aborted ? undefined : setLoaded({ of: variant, picture, error: null })),
      (error: unknown) => (leave.signal.aborted ? undefined : setLoaded({ of: variant, picture: null, error: wordsOf(error) })),
    );
    return () => leave.abort();
  }, [store, asked, variant, turning, turns, attempt]);
  const retry = useCallback(() => {
    setLoaded(null);
    setAttempt((n) => n + 1);
  }, []);
  const { picture, error } = asked && loaded?.of === variant ? loaded : { picture: null, error: null };
  return { picture, error, retry };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The chosen patch, or the middle one where none, or one that does not exist, is chosen. */
export function chosenPatch(places: readonly PatchPlace[], size: Size, patch: number | null): number {
  return patch !== null && patch < places.length ? patch : nearestPatch(places, { x: size.width / 2, y: size.height / 2 });
}

function sheetCell(places: readonly PatchPlace[], patch: number, world: Size): Point[] {
  const columns = patchColumns(places);
  const [width, height] = [world.width / columns, (world.height * columns) / places.length];
  const [x, y] = [(patch % columns) * width, Math.floor(patch / columns) * height];
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

/** The patch at a place of the world: of the input by the nearest middle, of the sheet by its cell. */
export function patchAt(places: readonly PatchPlace[], variant: VariantImage, at: Point, world: Size, onSheet: boolean): number {
  const [sx, sy] = [variant.networkWidth / world.width, variant.networkHeight / world.height];
  if (!onSheet) return nearestPatch(places, { x: at.x * sx, y: at.y * sy });
  const columns = patchColumns(places);
  const rows = places.length / columns;
  const [column, row] = [Math.floor(((at.x + 0.5) / world.width) * columns), Math.floor(((at.y + 0.5) / world.height) * rows)];
  return Math.min(rows - 1, row) * columns + Math.min(columns - 1, column);
}

export interface SweepState {
  readonly sweep: OrientationSweep | null;
  readonly error: string | null;
  readonly retry: () => void;
}

/** J(α) of the chosen patch, computed in a worker. */
export function useSweep(store: ResidualStore, variant: VariantImage | null, turning: Turning | null, patch: number | null): SweepState {
  const key = variant && turning && patch !== null ? `${variant.reconstructionId} ${patch}` : null;
  const [state, setState] = useState<{ key: string; sweep: OrientationSweep | null; error: string | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (key === null || !variant || !turning || patch === null) return;
    const leave = new AbortController();
    store.sweep(variant.inputUrl, turning, patch, { signal: leave.signal, urgent: true }).then(
      (sweep) => (leave.signal.aborted ? undefined : setState({ key, sweep, error: null })),
      (error: unknown) => (leave.signal.aborted ? undefined : setState({ key, sweep: null, error: wordsOf(error) })),
    );
    return () => leave.abort();
  }, [store, variant, turning, patch, key, attempt]);
  const retry = useCallback(() => {
    setState(null);
    setAttempt((n) => n + 1);
  }, []);
  const { sweep, error } = state && state.key === key ? state : { sweep: null, error: null };
  return { sweep, error, retry };
}
