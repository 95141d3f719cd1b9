'use client';

import { useMemo } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import type { VariantImage } from '../data/images.ts';
import { useOrientations } from '../data/use-orientations.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import { patchColumns, patchPlaces, type Turning } from '../pixels/patches.ts';
import { Part, Toggle } from './inspector-part.tsx';
import { SweepChart } from './sweep-chart.tsx';
import { anglesOf, chosenPatch, useSweep } from './use-orientation.ts';

interface OrientationPartProps {
  readonly store: ResidualStore;
  readonly variant: VariantImage;
  readonly turning: Turning;
  /** null = the middle one. */
  readonly patch: number | null;
  readonly showFrames: boolean;
  readonly onFrames: (on: boolean) => void;
  readonly onPatch: (patch: number) => void;
}

/** How the leading variant turned the patches: α and J(α) of the chosen one. */
export function OrientationPart({ store, variant, turning, patch, showFrames, onFrames, onPatch }: OrientationPartProps) {
  const angles = useOrientations(variant.reconstructionId);
  const { networkWidth, networkHeight } = variant;
  const places = useMemo(
    () => patchPlaces({ width: networkWidth, height: networkHeight }, turning.geometry),
    [networkWidth, networkHeight, turning],
  );
  const chosen = chosenPatch(places, { width: networkWidth, height: networkHeight }, patch);
  const curve = useSweep(store, variant, turning, chosen);
  const { sweep } = curve;
  const { known: degrees, error: unlike } = anglesOf(places, angles.degrees);
  const alpha = degrees?.[chosen];
  const error = angles.error ?? unlike ?? curve.error;
  const retry = angles.error !== null ? angles.retry : unlike === null ? curve.retry : null;
  const columns = patchColumns(places);
  return (
    <Part title="Orientation" actions={<Toggle label="Frames" keyName="a" on={showFrames} onChange={onFrames} />}>
      <div className="flex items-center justify-between gap-2 text-xs">
        <span className="text-ink-2">
          Patch row {Math.floor(chosen / columns) + 1}, column {(chosen % columns) + 1}
        </span>
        <span className="font-mono">{alpha === undefined ? 'α –' : `α ${alpha.toFixed(2)}°`}</span>
      </div>
      <div
        role="group"
        aria-label="Patch"
        className="grid w-fit gap-0.5"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {places.length <= 64 &&
          places.map((place, i) => (
            <button
              key={`${place.centre.x} ${place.centre.y}`}
              type="button"
              aria-pressed={i === chosen}
              aria-label={`Patch ${i + 1} of ${places.length}`}
              onClick={() => onPatch(i)}
              className={`size-6 rounded-sm border text-2xs ${i === chosen ? 'border-accent bg-selected text-ink' : 'border-line-strong text-ink-3 hover:bg-hover'}`}
            >
              <span aria-hidden style={degrees ? { display: 'inline-block', rotate: `${degrees[i] ?? 0}deg` } : undefined}>
                –
              </span>
            </button>
          ))}
      </div>
      {error ? (
        <div role="alert" className="flex flex-col items-start gap-1 text-xs text-bad">
          <p>{error}</p>
          {retry && (
            <Button size="small" onClick={retry}>
              Try again
            </Button>
          )}
        </div>
      ) : sweep && alpha !== undefined ? (
        <SweepChart sweep={sweep} chosen={alpha % 180} />
      ) : (
        <div aria-hidden className="h-28 animate-pulse rounded-md bg-hover" />
      )}
      <p className="text-2xs text-ink-3">
        {turning.mask === 'before' ? 'J of the turned pictures, with the mask before the gradient' : 'J by the steered filter'}; orientation
        is known modulo 180°, so a patch may have been seen upside down. Click the input to choose another patch.
      </p>
    </Part>
  );
}
