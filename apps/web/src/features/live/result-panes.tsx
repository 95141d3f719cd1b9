'use client';

import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { colourMaps, cssGradient, niceCeiling } from '#web/features/residuals/colour/colour-map.ts';
import { describeFormat, formatResidual, formatsOf, type ResidualProtocol } from '#web/features/residuals/view/protocol.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import type { CheckResult } from './checker/messages.ts';
import { MASK_COLOUR, paint, type PaneKind } from './paint.ts';

const titles: Readonly<Record<PaneKind, string>> = { photograph: 'Photograph', residual: 'Residual', mask: 'Mask over photograph' };
const kinds: readonly PaneKind[] = ['photograph', 'residual', 'mask'];

interface ResultPanesProps {
  readonly name: string;
  readonly result: CheckResult;
  readonly measure: Measure;
  readonly protocol: ResidualProtocol;
}

/** Photograph, residual on a scale fixed by the threshold (so that good parts look good), and mask; the value under the cursor below. */
export function ResultPanes({ name, result, measure, protocol }: ResultPanesProps) {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const format = formatsOf(protocol)[measure];
  const threshold = protocol.thresholds[measure].pixel;
  const maximum = threshold === null ? format.scale.initial : niceCeiling(2.5 * threshold);
  const map = result.maps[measure];
  const painted = useMemo(
    () => ({ rgba: result.rgba, map, range: { minimum: 0, maximum }, threshold }),
    [result.rgba, map, maximum, threshold],
  );
  const inside = at && at.x < result.width && at.y < result.height ? at : null;
  const value = inside ? map[inside.y * result.width + inside.x] : undefined;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {kinds.map((kind) => (
          <figure key={kind} className="flex min-w-0 flex-col gap-1">
            <figcaption className="flex items-center gap-2 text-xs text-ink-2">
              {titles[kind]}
              {kind === 'mask' ? (
                <span aria-hidden className="size-2.5 rounded-[2px]" style={{ background: `rgb(${MASK_COLOUR.join(' ')})` }} />
              ) : null}
            </figcaption>
            <Picture
              label={`${titles[kind]} of ${name}`}
              width={result.width}
              height={result.height}
              pixels={() => paint(kind, painted)}
              of={painted}
              onPoint={setAt}
            />
          </figure>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        <Legend maximum={maximum} threshold={threshold} text={(number) => formatResidual(format, number)} />
        <span>{describeFormat(format)}</span>
        <span className="font-mono" aria-live="off">
          {inside && value !== undefined ? `(${inside.x}, ${inside.y}) ${formatResidual(format, value)}` : ''}
        </span>
      </div>
    </div>
  );
}

interface PictureProps {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: () => Uint8ClampedArray<ArrayBuffer>;
  /** What `pixels` depends on. */
  readonly of: unknown;
  readonly onPoint: (point: { readonly x: number; readonly y: number } | null) => void;
}

function Picture({ label, width, height, pixels, of, onPoint }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(pixels);
  useEffect(() => {
    latest.current = pixels;
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    [element.width, element.height] = [width, height];
    element.getContext('2d')?.putImageData(new ImageData(latest.current(), width, height), 0, 0);
  }, [width, height, of]);
  const point = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * height);
    onPoint(x >= 0 && y >= 0 && x < width && y < height ? { x, y } : null);
  };
  return (
    <div className="flex justify-center rounded-md border bg-well">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        onPointerMove={point}
        onPointerLeave={() => onPoint(null)}
        className="max-h-[52dvh] max-w-full [image-rendering:pixelated]"
        style={{ width: `min(100%, calc(52dvh * ${width / height}))`, aspectRatio: `${width} / ${height}` }}
      />
    </div>
  );
}

interface LegendProps {
  readonly maximum: number;
  readonly threshold: number | null;
  readonly text: (value: number) => string;
}

function Legend({ maximum, threshold, text }: LegendProps) {
  return (
    <span className="flex items-center gap-2 font-mono">
      <span>{text(0)}</span>
      <span className="relative h-3 w-40 rounded-sm" style={{ background: cssGradient(colourMaps.inferno) }}>
        {threshold !== null ? (
          <span
            title={`Pixel threshold ${text(threshold)}`}
            className="absolute -top-1 -bottom-1 w-0.5 bg-ink"
            style={{ left: `${Math.min(100, (100 * threshold) / maximum)}%` }}
          />
        ) : null}
      </span>
      <span>{text(maximum)}</span>
    </span>
  );
}
