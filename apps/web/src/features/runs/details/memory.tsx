import { Section } from '#web/components/ui/page.tsx';
import { count } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import { memoryCurve } from './memory-curve.ts';
import type { Vital } from './use-run-details.ts';

const [width, height] = [272, 72];

/** What the run's process held in memory over time: a leak is a line that climbs. */
export function RunMemory({ vitals }: { vitals: readonly Vital[] }) {
  const curve = memoryCurve(vitals, width, height);
  if (!curve) return null;
  const { path, latest, highest, seconds } = curve;
  return (
    <Section title="Memory of its process">
      <div className="rounded-md border bg-panel px-3 py-2">
        <div className="flex items-baseline justify-between gap-2">
          <span className="text-lg tabular-nums">{count(Math.round(latest))} MB</span>
          <span className="text-xs text-ink-3">highest {count(Math.round(highest))} MB</span>
        </div>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`Memory over ${duration(seconds)}, highest ${Math.round(highest)} MB`}
          className="mt-1 w-full"
        >
          <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
          <path d={path} fill="none" className="stroke-accent" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
        </svg>
        <div className="flex justify-between text-2xs text-ink-3">
          <span>0 MB at the line</span>
          <span>{duration(seconds)}</span>
        </div>
      </div>
    </Section>
  );
}
