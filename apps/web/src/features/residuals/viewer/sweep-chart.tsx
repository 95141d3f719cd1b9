import type { OrientationSweep } from '../pixels/patches.ts';

interface SweepChartProps {
  readonly sweep: OrientationSweep;
  /** The α that the patch was turned by, degrees modulo 180. */
  readonly chosen: number;
}

const WIDTH = 252;
const PLOT = { left: 34, right: 6, top: 6, height: 84 } as const;
const HEIGHT = PLOT.top + PLOT.height + 28;

const degreesOf = (radians: number): number => (radians * 180) / Math.PI;

/** J over half a turn, after which it repeats, with its minima and the α that was chosen. */
export function SweepChart({ sweep, chosen }: SweepChartProps) {
  const { values, minima } = sweep;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || high || 1) * 0.08;
  const [from, to] = [Math.max(0, low - room), high + room];
  const x = (degrees: number): number => PLOT.left + (degrees / 180) * (WIDTH - PLOT.left - PLOT.right);
  const y = (value: number): number => PLOT.top + (1 - (value - from) / (to - from)) * PLOT.height;
  const line = [...values, values[0] ?? 0].map(
    (value, k) => `${k ? 'L' : 'M'}${x((180 * k) / values.length).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  const nearest = (k: number): number => values[((Math.round(k) % values.length) + values.length) % values.length] ?? from;
  const shown = minima.slice(0, 3);
  const atChosen = nearest((chosen * values.length) / 180);
  const texts = shown.map(({ angle, value }) => `${degreesOf(angle).toFixed(1)}° (J ${value.toPrecision(3)})`);
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={`J over α from 0 to 180 degrees; lowest at ${texts.join(', ') || 'no angle'}; turned by ${chosen.toFixed(1)}°, J ${atChosen.toPrecision(3)}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="block w-full max-w-96"
      >
        {[0, 45, 90, 135, 180].map((degrees) => (
          <g key={degrees}>
            <line x1={x(degrees)} x2={x(degrees)} y1={PLOT.top} y2={PLOT.top + PLOT.height} className="stroke-line" />
            <text
              x={x(degrees)}
              y={PLOT.top + PLOT.height + 12}
              textAnchor={degrees === 180 ? 'end' : 'middle'}
              className="fill-ink-3 text-[10px]"
            >
              {degrees}°
            </text>
          </g>
        ))}
        {[from, to].map((value) => (
          <text key={value} x={PLOT.left - 4} y={y(value) + (value === to ? 8 : 0)} textAnchor="end" className="fill-ink-3 text-[10px]">
            {value.toPrecision(2)}
          </text>
        ))}
        <text x={PLOT.left - 4} y={y((from + to) / 2) + 3} textAnchor="end" className="fill-ink-2 text-[10px]">
          J
        </text>
        <text x={x(90)} y={HEIGHT - 2} textAnchor="middle" className="fill-ink-2 text-[10px]">
          α modulo 180°
        </text>
        <path d={line.join('')} fill="none" strokeWidth="1.5" className="stroke-ink-2" />
        <line x1={x(chosen)} x2={x(chosen)} y1={PLOT.top} y2={PLOT.top + PLOT.height} strokeWidth="1.5" className="stroke-accent" />
        <circle cx={x(chosen)} cy={y(atChosen)} r="3.5" className="fill-accent" />
        {shown.map(({ angle, value }) => (
          <circle key={angle} cx={x(degreesOf(angle))} cy={y(value)} r="4" fill="none" strokeWidth="1.5" className="stroke-ink" />
        ))}
      </svg>
      <figcaption className="flex flex-wrap gap-x-3 text-2xs text-ink-2">
        <span className="inline-flex items-center gap-1">
          <span aria-hidden className="size-2 rounded-full bg-accent" /> turned by {chosen.toFixed(1)}° modulo 180°
        </span>
        <span className="inline-flex items-center gap-1">
          <span aria-hidden className="size-2 rounded-full border-[1.5px] border-ink" />
          {shown.length === 0 ? 'no minimum: the patch is even' : `lowest at ${degreesOf(shown[0]!.angle).toFixed(1)}°`}
        </span>
      </figcaption>
    </figure>
  );
}
