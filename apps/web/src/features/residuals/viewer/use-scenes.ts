'use client';

import { useMemo } from 'react';
import { colourMaps, type ColourMapName } from '../colour/colour-map.ts';
import { formatResidual, type MeasureFormats } from '../view/protocol.ts';
import type { PaneName } from '../view/view-state.ts';
import { maskSurface, outlinePath, pictureSurface, pictureValues, residualSurface, residualValues, type Scene } from './scene.ts';
import type { OpenedImage } from './use-opened-image.ts';

interface SceneOptions {
  readonly colours: ColourMapName;
  readonly scale: number;
  readonly threshold: number | null;
  readonly good: boolean;
  readonly showMask: boolean;
  readonly showTruth: boolean;
  readonly formats: MeasureFormats;
}

/** The four panes' scenes; each part is made anew only when what it shows has changed. */
export function useScenes(
  opened: OpenedImage | null,
  { colours, scale, threshold, good, showMask, showTruth, formats }: SceneOptions,
): Readonly<Record<PaneName, Scene | null>> {
  const input = opened?.input ?? null;
  const reconstruction = opened?.reconstruction ?? null;
  const pictures = useMemo(
    () => (input && reconstruction ? { input: pictureSurface(input), reconstruction: pictureSurface(reconstruction) } : null),
    [input, reconstruction],
  );
  const map = opened?.map ?? null;
  const format = formats[opened?.measure ?? 'ssim'];
  const residual = useMemo(() => {
    if (!map) return null;
    const range = { minimum: 0, maximum: scale };
    return {
      base: residualSurface(map, colourMaps[colours], range),
      valueAt: residualValues(map, colourMaps[colours], range, (value) => formatResidual(format, value)),
    };
  }, [map, colours, scale, format]);
  const truth = opened?.truth ?? null;
  const contour = useMemo(() => (truth ? outlinePath(truth) : null), [truth]);
  const fullMap = opened?.fullMap ?? null;
  const mask = useMemo(
    () => (fullMap && showMask && threshold !== null ? maskSurface(fullMap, truth, good, threshold) : null),
    [fullMap, truth, good, threshold, showMask],
  );

  // One memo a pane: moving the threshold draws the mask alone.
  const outline = showTruth ? contour : null;
  const inputScene = useMemo(
    () => (input && pictures ? { ...sizeOf(input), base: pictures.input, overlay: null, outline, valueAt: pictureValues(input) } : null),
    [input, pictures, outline],
  );
  const reconstructionScene = useMemo(
    () =>
      reconstruction && pictures
        ? { ...sizeOf(reconstruction), base: pictures.reconstruction, overlay: null, outline, valueAt: pictureValues(reconstruction) }
        : null,
    [reconstruction, pictures, outline],
  );
  const residualScene = useMemo(
    () => (map && residual ? { ...sizeOf(map), ...residual, overlay: null, outline } : null),
    [map, residual, outline],
  );
  const maskScene = useMemo(() => (inputScene ? { ...inputScene, overlay: mask } : null), [inputScene, mask]);
  return { input: inputScene, reconstruction: reconstructionScene, residual: residualScene, mask: maskScene };
}

const sizeOf = ({ width, height }: { readonly width: number; readonly height: number }) => ({ width, height });
