'use client';

import { useMemo } from 'react';
import type { CameraStore } from '../camera/camera-store.ts';
import type { Size } from '../camera/camera.ts';
import type { DecodedStore } from '../decoded/decoded-store.ts';
import { useDecoded } from '../decoded/use-decoded.ts';
import { truthAt, type EvaluatedImage, type VariantImage } from '../data/images.ts';
import { useOrientations } from '../data/use-orientations.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import { formatsOf, type MeasureFormat } from '../view/protocol.ts';
import { pixelThresholds, sharesPixels, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { isSheet, type RowName, type ViewState } from '../view/view-state.ts';
import type { Scene } from './scene.ts';
import type { OpenedVariant, OpenedVariants } from './use-opened-variants.ts';
import { useNormalised, useTurnedVariant, type TurnedVariant } from './use-orientation.ts';
import { ownScale, useScene } from './use-scene.ts';

/** What all panes of an opened image share. */
export interface Panes extends OpenedVariants {
  readonly store: ResidualStore;
  readonly decoder: DecodedStore;
  readonly camera: CameraStore;
  readonly image: EvaluatedImage;
  /** What camera and cursor count in: the leading variant's network image. */
  readonly world: Size;
  readonly shown: readonly ShownEvaluation[];
  /** Places that are shown, in their order. */
  readonly places: readonly number[];
  readonly lead: number;
  readonly view: ViewState;
  readonly update: UpdateView;
  /** Upper end of each variant's colour scale by its place, common to those of one unit. */
  readonly scales: readonly number[];
  /** Places whose images have not come, and why; null while they are on their way. */
  readonly missing: ReadonlyMap<number, string | null>;
  /** The pane under the cursor, for the key that maximises it. */
  readonly onHover: (row: RowName, place: number) => void;
}

export interface VariantScene {
  readonly scene: Scene | null;
  readonly variant: VariantImage | null;
  readonly opened: OpenedVariant | null;
  readonly turned: TurnedVariant | null;
  readonly format: MeasureFormat;
  /** Upper end of the residual's colour scale in this pane. */
  readonly scale: number;
  /** Why the scale is not that of the leading variant's panes; null where it is. */
  readonly apart: string | null;
  readonly threshold: number | null;
  /** What the scene waits for where that may take long, in some words. */
  readonly waiting: string | null;
  /** Why there is nothing to show, in a sentence. */
  readonly refused: string | null;
  /** Asks again for what could not be had; null where asking is of no use. */
  readonly retry: (() => void) | null;
}

/** Why a variant has nothing of the image, in a sentence; null where it has. */
export function absenceOf(place: number, { image, missing }: Pick<Panes, 'image' | 'missing'>): string | null {
  if (image.variants[place]) return null;
  if (!missing.has(place)) return 'This evaluation did not measure the image.';
  return missing.get(place) === null
    ? 'The images of this evaluation are still being loaded.'
    : 'The images of this evaluation could not be loaded.';
}

/** One row of one variant, ready to be drawn. */
export function useVariantScene(row: RowName, place: number, panes: Panes): VariantScene {
  const { store, decoder, image, world, shown, view, lead } = panes;
  const variant = image.variants[place] ?? null;
  const { id: evaluationId, protocol } = shown[place]!;
  const { turning } = protocol;
  const opened = panes.opened.get(place) ?? null;
  const sheet = isSheet(row);
  const frames = view.showFrames && (row === 'input' || sheet);
  const angles = useOrientations(turning && variant && (sheet || frames) ? variant.reconstructionId : null);
  const turned = useTurnedVariant(variant, turning, angles.degrees, view.patch, { frames, world });
  const turns = turned?.turns ?? null;
  const normalised = useNormalised(store, row === 'normalised', variant, turning, turns);
  const decoded = useDecoded(decoder, row === 'decoded' && variant && turning ? { evaluationId, variant } : null, turns);
  const format = formatsOf(protocol)[view.measure];
  const threshold = pixelThresholds(shown, view)[place] ?? null;
  const ownMap = view.ownScale && row === 'residual' ? (opened?.map ?? null) : null;
  const own = useMemo(() => (ownMap ? ownScale(ownMap) : null), [ownMap]);
  const scale = own ?? panes.scales[place]!;
  const apart = own !== null ? 'own scale' : format.unit === formatsOf(shown[lead]!.protocol)[view.measure].unit ? null : format.unit;
  const { colours, showMask, showTruth } = view;
  const look = { format, colours, scale, threshold, good: !truthAt(image, place).defective, showMask, showTruth };
  const drawn = useScene(row, opened, look, turned?.look ?? null, normalised.picture ?? decoded.picture, world);
  const shares = sharesPixels(shown, lead, place);
  const scene = useMemo(() => (drawn && !shares ? { ...drawn, aligned: false } : drawn), [drawn, shares]);
  const trouble: readonly { readonly error: string | null; readonly retry: (() => void) | null }[] = [
    { error: absenceOf(place, panes), retry: null },
    { error: panes.errors.get(place) ?? null, retry: panes.retry },
    ...(sheet
      ? [
          { error: turning ? null : unturned[row === 'decoded' ? 'decoded' : 'normalised'], retry: null },
          angles,
          { error: turned?.error ?? null, retry: null },
          normalised,
          decoded,
        ]
      : []),
  ];
  const { error: refused, retry } = trouble.find(({ error }) => error !== null) ?? { error: null, retry: null };
  return { scene, variant, opened, turned, format, scale, apart, threshold, waiting: decoded.waiting, refused, retry };
}

/** Why there is no sheet where nothing is turned. */
const unturned = {
  normalised: 'This regime turns no patches: the network saw the input as it is.',
  decoded: 'This regime turns no patches: what is decoded is the reconstruction.',
} as const;
