import { lineChart, type Rule } from '../figures/index.ts';
import type { OrientationCurve } from '../transformer/index.ts';

export const inDegrees = (radians: number): number => (radians * 180) / Math.PI;

/** An orientation, which is defined modulo 180°, for a person. */
export const shownOrientation = (radians: number): string => `${inDegrees(radians).toFixed(1)}°`;

/** Angles that somebody chose, radians modulo half a turn, by who it was. */
export type Choices = Readonly<Record<string, number>>;

/** J over a full turn with its minima (each twice, half a turn apart) and the chosen angles (Fig. 7). */
export function orientationChart({ angles, values, minima }: OrientationCurve, choices: Choices, title: string, height?: number): string {
  const points = Array.from(angles, (angle, k) => ({ x: inDegrees(angle), y: values[k]! }));
  const twice = (angle: number): number[] => [inDegrees(angle), inDegrees(angle) + 180];
  const rules = Object.entries(choices).map(([who, angle]): Rule => ({
    name: `${who} ${shownOrientation(angle)}`,
    at: inDegrees(angle),
    along: 'y',
  }));
  return lineChart({
    title,
    x: { label: 'α (°)', domain: [0, 360], step: 60 },
    y: { label: 'J, mean |G_x|' },
    series: [{ name: 'J(α)', points: [...points, { x: 360, y: values[0]! }] }],
    markers: [
      { name: 'minima', shape: 'ring', tone: 1, points: minima.flatMap(({ angle, value }) => twice(angle).map((x) => ({ x, y: value }))) },
    ],
    rules,
    ...(height === undefined ? {} : { height }),
  });
}

/** curve.csv: one line an angle. */
export function orientationCsv({ angles, values }: OrientationCurve): string {
  const lines = Array.from(angles, (angle, k) => `${Number(inDegrees(angle).toFixed(6))},${values[k]}`);
  return `degrees,j\n${lines.join('\n')}\n`;
}
