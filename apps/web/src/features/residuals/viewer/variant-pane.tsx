'use client';

import { useSyncExternalStore, type ReactNode } from 'react';
import type { FloatMap } from '@plumbline/ml/geometry';
import { Button } from '#web/components/ui/button.tsx';
import { classes } from '#web/lib/classes.ts';
import type { CameraStore } from '../camera/camera-store.ts';
import { colourMaps, niceCeiling } from '../colour/colour-map.ts';
import { diverging } from '../colour/diverging.ts';
import { formatResidual, formatsOf, subtraction } from '../view/protocol.ts';
import { letterOf } from '../view/shown-evaluation.ts';
import { isSheet, type RowName } from '../view/view-state.ts';
import { PaneLegend } from './pane-legend.tsx';
import { Pane } from './pane.tsx';
import type { Scene } from './scene.ts';
import { patchAt } from './use-orientation.ts';
import { useDifferenceScene } from './use-scene.ts';
import { absenceOf, useVariantScene, type Panes, type VariantScene } from './variant-scene.ts';

export const rowTitles: Readonly<Record<RowName, string>> = {
  input: 'Input',
  normalised: 'Normalised',
  decoded: 'Decoded',
  reconstruction: 'Reconstruction',
  residual: 'Residual',
  mask: 'Mask over input',
};

/** What a pane is called: of one image by its row, of several variants also by the variant. */
export function paneName(row: RowName, place: number, { shown, places }: Panes): string {
  return places.length > 1
    ? `${rowTitles[row]} of the image, ${letterOf(place)} ${shown[place]?.name ?? ''}`
    : `${rowTitles[row]} of the image`;
}

/** The raw value of a pane's pixel under the cursor; of a sheet, whose pixels are no other pane's, only while the cursor is over it. */
function PaneValue({ scene, store }: { scene: Scene; store: CameraStore }) {
  const cursor = useSyncExternalStore(
    store.onCursor,
    () => store.cursor,
    () => null,
  );
  if (!cursor) return null;
  const { base, width, height } = scene;
  const at = { x: Math.floor(((cursor.x + 0.5) * base.width) / width), y: Math.floor(((cursor.y + 0.5) * base.height) / height) };
  if (at.x >= base.width || at.y >= base.height) return null;
  return (
    <span
      aria-hidden
      className={classes(
        'pointer-events-none absolute top-1 right-1 rounded-sm bg-black/65 px-1 font-mono text-2xs text-white',
        !scene.aligned && 'hidden group-hover/pane:block',
      )}
    >
      {scene.valueAt(at.x, at.y).lines.join(' ')}
    </span>
  );
}

function Waiting({ text }: { text: string }) {
  return (
    <p role="status" className="pointer-events-none absolute inset-x-0 top-1/2 mt-7 text-center text-xs text-ink-2">
      {text}
    </p>
  );
}

function Refused({ reason, onRetry }: { reason: string; onRetry?: () => void }) {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-3 text-center text-xs text-ink-2">
      <p className="max-w-64">{reason}</p>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function residualLegend({ opened, scale, apart, threshold, format }: VariantScene, { view }: Panes): ReactNode {
  if (!opened) return null;
  return (
    <PaneLegend
      map={opened.map}
      colours={colourMaps[view.colours]}
      minimum={0}
      maximum={scale}
      threshold={threshold}
      format={(value) => (value === 0 ? '0' : formatResidual(format, value))}
      origin={view.ownScale ? 'scale of this pane alone' : `scale common to all panes${apart ? ` in ${apart}` : ''}`}
      apart={apart}
    />
  );
}

interface VariantPaneProps {
  readonly row: RowName;
  readonly place: number;
  readonly panes: Panes;
  readonly onSwipe?: (step: -1 | 1) => void;
}

/** One row of one variant. A click on patches chooses one. */
export function VariantPane({ row, place, panes, onSwipe }: VariantPaneProps) {
  const { camera, world, update } = panes;
  const found = useVariantScene(row, place, panes);
  const { scene, variant, turned, waiting, refused, retry } = found;
  const pick = (): void => {
    if (!camera.cursor || !variant || !turned) return;
    update({ lead: place, patch: patchAt(turned.places, variant, camera.cursor, world, isSheet(row)) });
  };
  if (refused !== null) return <Refusal reason={refused} {...(retry ? { onRetry: retry } : {})} />;
  return (
    <div className="group/pane relative flex min-h-0 min-w-0 flex-1">
      <Pane
        label={paneName(row, place, panes)}
        scene={scene}
        image={world}
        store={camera}
        {...(onSwipe ? { onSwipe } : {})}
        {...(turned ? { onPick: pick } : {})}
      />
      {scene && <PaneValue scene={scene} store={camera} />}
      {waiting && <Waiting text={waiting} />}
      {row === 'residual' && residualLegend(found, panes)}
    </div>
  );
}

interface PairPaneProps {
  readonly row: RowName;
  readonly panes: Panes;
  readonly pair: readonly [number, number];
}

/** One row of two variants with a line between them. */
export function SwipePane({ row, panes, pair: [a, b] }: PairPaneProps) {
  const left = useVariantScene(row, a, panes);
  const right = useVariantScene(row, b, panes);
  const { refused, retry } = left.refused === null ? right : left;
  const waiting = left.waiting ?? right.waiting;
  if (refused !== null) return <Refusal reason={refused} {...(retry ? { onRetry: retry } : {})} />;
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1">
      <Pane
        label={`${rowTitles[row]} of the image, ${letterOf(a)} left of the line and ${letterOf(b)} right of it`}
        scene={left.scene}
        beside={right.scene}
        image={panes.world}
        store={panes.camera}
      />
      {waiting && <Waiting text={waiting} />}
      <span aria-hidden className="pointer-events-none absolute top-1 left-1 rounded-sm bg-black/65 px-1 text-2xs text-white">
        {row === 'residual' && left.format.unit !== right.format.unit
          ? `${letterOf(a)}, ${left.format.unit} | ${letterOf(b)}, ${right.format.unit}`
          : `${letterOf(a)} | ${letterOf(b)}`}
      </span>
    </div>
  );
}

function Refusal(refused: { reason: string; onRetry?: () => void }) {
  return (
    <div className="relative min-h-0 flex-1">
      <Refused {...refused} />
    </div>
  );
}

/** The residual of A minus that of B on the diverging scale. */
export function DifferencePane({ panes, pair: [a, b] }: Omit<PairPaneProps, 'row'>) {
  const { opened, camera, world, view, shown } = panes;
  const names = [letterOf(a), letterOf(b)] as const;
  // Variants differ by less than residuals reach; half of the common scale is as common.
  const scale = niceCeiling(panes.scales[a]! / 2);
  const format = formatsOf(shown[a]!.protocol)[view.measure];
  const missing = [a, b].find((place) => !panes.image.variants[place]);
  const { refused: unlike, madeWith } = subtraction(view, [shown[a]!.protocol, shown[b]!.protocol], names);
  const [one, other] = unlike === null ? [opened.get(a) ?? null, opened.get(b) ?? null] : [null, null];
  const { scene, map, refused } = useDifferenceScene(one, other, scale, format, view.showTruth, world);
  const reason =
    missing !== undefined ? `${letterOf(missing)}: ${absenceOf(missing, panes) ?? ''} There is nothing to subtract.` : (unlike ?? refused);
  if (reason !== null) return <Refusal reason={reason} />;
  const failed = panes.errors.get(a) ?? panes.errors.get(b);
  if (failed !== undefined) return <Refusal reason={failed} onRetry={panes.retry} />;
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1">
      <Pane label={`Residual of ${names[0]} minus residual of ${names[1]}`} scene={scene} image={world} store={camera} />
      {madeWith && (
        <p className="pointer-events-none absolute top-1 left-1 max-w-[70%] rounded-sm bg-black/65 px-1 text-2xs text-white">
          Made differently: {names[0]} {madeWith[0]}; {names[1]} {madeWith[1]}
        </p>
      )}
      {scene && <PaneValue scene={scene} store={camera} />}
      {map && <DifferenceLegend map={map} scale={scale} text={(value) => formatResidual(format, value)} names={names} />}
    </div>
  );
}

interface DifferenceLegendProps {
  readonly map: FloatMap;
  readonly scale: number;
  readonly text: (value: number) => string;
  readonly names: readonly [string, string];
}

function DifferenceLegend({ map, scale, text, names: [a, b] }: DifferenceLegendProps) {
  return (
    <PaneLegend
      map={map}
      colours={diverging}
      minimum={-scale}
      maximum={scale}
      threshold={null}
      format={(value) => `${value > 0 ? '+' : ''}${text(value)}`}
      origin={`${a} − ${b}: brown where ${a} is higher, blue where ${b} is; half of the common scale to both sides of 0`}
    />
  );
}
