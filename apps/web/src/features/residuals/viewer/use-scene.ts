'use client';

import { useMemo } from 'react';
import { colourMaps, niceCeiling, type ColourMap, type ColourMapName, type ColourRange } from '../colour/colour-map.ts';
import { diverging } from '../colour/diverging.ts';
import { useDrawer } from '../drawing/drawn-by.ts';
import type { ValueRenderer } from '../drawing/value-renderer.ts';
import { ValueSurface } from '../drawing/value-surface.ts';
import type { Size } from '../camera/camera.ts';
import type { Picture } from '../pixels/decode.ts';
import { differenceMap, quantileOf } from '../pixels/map-histogram.ts';
import { formatResidual, type MeasureFormat } from '../view/protocol.ts';
import { isSheet, type RowName } from '../view/view-state.ts';
import { outlinePath, pictureSurface, pictureValues, residualValues, type Outline, type PatchFrame, type Scene } from './scene.ts';
import type { OpenedVariant } from './use-opened-variants.ts';

/** How scenes look; every pane of a variant is given the same. */
export interface SceneLook {
  readonly format: MeasureFormat;
  readonly colours: ColourMapName;
  /** Upper end of the colour scale. */
  readonly scale: number;
  readonly threshold: number | null;
  readonly good: boolean;
  readonly showMask: boolean;
  readonly showTruth: boolean;
}

/** Where the patches lie. */
export interface TurnedLook {
  readonly onInput: readonly PatchFrame[];
  readonly onSheet: readonly PatchFrame[];
}

const noFrames: readonly PatchFrame[] = [];
/** The end of a pane's own scale: what 99 % of its values stay below, rounded up. */
export const ownScale = (map: OpenedVariant['map']): number => niceCeiling(quantileOf(map, 0.99));

/**
 * The scene of one row of a variant; each part is made anew only when what it shows has changed: moving the threshold draws the mask alone.
 * @param sheet of a row of patches; null for the other rows, and while it is on its way
 * @param world what camera and cursor count in: the leading variant's network image, over which those of other scales are stretched
 */
export function useScene(
  row: RowName,
  opened: OpenedVariant | null,
  look: SceneLook,
  turned: TurnedLook | null,
  sheet: Picture | null,
  { width, height }: Size,
): Scene | null {
  const { format, colours, scale, good } = look;
  const isMask = row === 'mask';
  const picture = !opened ? null : row === 'reconstruction' ? opened.reconstruction : row === 'input' || isMask ? opened.input : null;
  const shown = isSheet(row) ? sheet : picture;
  const pictured = useMemo(() => (shown ? { base: pictureSurface(shown), valueAt: pictureValues(shown) } : null), [shown]);

  const { renderer } = useDrawer();
  const map = row === 'residual' ? (opened?.map ?? null) : null;
  const residual = useMemo(
    () => (map ? residualPart(map, { colours: colourMaps[colours], range: { minimum: 0, maximum: scale } }, format, renderer) : null),
    [map, colours, scale, format, renderer],
  );

  const truth = opened?.truth ?? null;
  const contour = useMemo(() => (truth ? outlinePath(truth) : null), [truth]);
  const fullMap = isMask && look.showMask ? (opened?.fullMap ?? null) : null;
  const threshold = isMask ? look.threshold : null;
  const overlay = useMemo(
    () => (fullMap && threshold !== null ? new ValueSurface(fullMap, { kind: 'mask', threshold, truth, good }, renderer) : null),
    [fullMap, truth, good, threshold, renderer],
  );

  const outline: Outline | null = look.showTruth && !sheet ? contour : null;
  const frames = row === 'input' ? (turned?.onInput ?? noFrames) : sheet ? (turned?.onSheet ?? noFrames) : noFrames;
  const part = pictured ?? residual;
  return useMemo(
    () => (part ? { width, height, ...part, overlay, outline, frames, aligned: sheet === null } : null),
    [part, width, height, overlay, outline, frames, sheet],
  );
}

function residualPart(
  map: OpenedVariant['map'],
  { colours, range }: { readonly colours: ColourMap; readonly range: ColourRange },
  format: MeasureFormat,
  renderer: ValueRenderer | null,
) {
  return {
    base: new ValueSurface(map, { kind: 'scale', colours, range }, renderer),
    valueAt: residualValues(map, colours, range, (value) => formatResidual(format, value)),
  };
}

/**
 * Residual of A minus residual of B on the diverging scale from −scale to scale.
 * @returns the scene, null while a map is on its way; or why there is none
 */
export function useDifferenceScene(
  a: OpenedVariant | null,
  b: OpenedVariant | null,
  scale: number,
  format: MeasureFormat,
  showTruth: boolean,
  { width, height }: Size,
): { readonly scene: Scene | null; readonly map: OpenedVariant['map'] | null; readonly refused: string | null } {
  const [mapA, mapB] = [a?.map ?? null, b?.map ?? null];
  const difference = useMemo(() => {
    if (!mapA || !mapB) return { map: null, refused: null };
    try {
      return { map: differenceMap(mapA, mapB), refused: null };
    } catch (error) {
      return { map: null, refused: error instanceof Error ? error.message : String(error) };
    }
  }, [mapA, mapB]);
  const { map } = difference;
  const { renderer } = useDrawer();
  const part = useMemo(
    () => (map ? residualPart(map, { colours: diverging, range: { minimum: -scale, maximum: scale } }, format, renderer) : null),
    [map, scale, format, renderer],
  );
  const truth = a?.truth ?? null;
  const contour = useMemo(() => (truth ? outlinePath(truth) : null), [truth]);
  const outline = showTruth ? contour : null;
  const scene = useMemo(
    () => (part ? { width, height, ...part, overlay: null, outline, frames: noFrames, aligned: true } : null),
    [part, width, height, outline],
  );
  return { scene, map, refused: difference.refused };
}
