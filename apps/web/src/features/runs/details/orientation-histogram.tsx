'use client';

import { useState } from 'react';
import { Section } from '#web/components/ui/page.tsx';
import { classes } from '#web/lib/classes.ts';
import { count, plural } from '#web/lib/numbers.ts';
import type { Orientation } from './use-run-details.ts';

const [width, height] = [720, 120];

/** How many held-out patches are turned by which α, epoch by epoch: a localisation network that sees texture draws peaks, a blind one none. */
export function OrientationHistogram({ orientations }: { orientations: readonly Orientation[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const last = orientations.length - 1;
  const index = Math.min(chosen ?? last, last);
  const shown = orientations[index];
  if (!shown) return null;
  const { counts, epoch } = shown;
  const patches = counts.reduce((sum, value) => sum + value, 0);
  const highest = Math.max(1, ...counts);
  const bin = 180 / counts.length;
  const read = hovered ?? counts.indexOf(Math.max(...counts));
  return (
    <Section title="How patches are turned, α modulo 180°">
      <div className="rounded-md border bg-panel p-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-2 text-xs">
          <span className="text-ink-2">{plural(patches, 'held-out patch', 'held-out patches')}</span>
          <span>
            <span className="text-ink-3">{hovered === null ? 'most: ' : ''}</span>
            <span className="font-mono">
              {(read * bin).toFixed(0)}–{((read + 1) * bin).toFixed(0)}° {count(counts[read] ?? 0)}
            </span>
          </span>
          <label className="ml-auto flex items-center gap-2 text-ink-3">
            epoch {count(epoch)}
            {last > 0 ? (
              <input
                type="range"
                aria-label="Epoch of the histogram"
                min={0}
                max={last}
                value={index}
                onChange={(event) => setChosen(Number(event.target.value) === last ? null : Number(event.target.value))}
                className="w-32 accent-accent"
              />
            ) : null}
          </label>
        </div>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Histogram of α at epoch ${epoch}; most patches from ${(read * bin).toFixed(0)} to ${((read + 1) * bin).toFixed(0)} degrees`}
          className="h-30 w-full"
          onPointerLeave={() => setHovered(null)}
        >
          {counts.map((value, at) => {
            const bar = (value / highest) * (height - 2);
            return (
              <g key={at} onPointerEnter={() => setHovered(at)}>
                <rect x={(at * width) / counts.length} y="0" width={width / counts.length} height={height} className="fill-transparent" />
                <rect
                  x={(at * width) / counts.length + 1}
                  y={height - bar}
                  width={width / counts.length - 2}
                  height={bar}
                  className={classes(at === hovered ? 'fill-accent' : 'fill-ink-3')}
                />
              </g>
            );
          })}
          <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line-strong" vectorEffect="non-scaling-stroke" />
        </svg>
        <div className="mt-1 flex justify-between text-2xs text-ink-3 tabular-nums">
          {[0, 45, 90, 135, 180].map((degrees) => (
            <span key={degrees}>{degrees}°</span>
          ))}
        </div>
      </div>
    </Section>
  );
}
