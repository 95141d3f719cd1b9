export interface MemoryCurve {
  /** SVG path; 0 MB lies at the bottom. */
  readonly path: string;
  /** In MB. */
  readonly latest: number;
  readonly highest: number;
  /** From the first sample to the last. */
  readonly seconds: number;
}

/** A line over the samples that fits width × height; null for none. A pause between attempts is drawn as what it is, a straight line. */
export function memoryCurve(
  vitals: readonly { readonly at: string; readonly memory: number }[],
  width: number,
  height: number,
): MemoryCurve | null {
  const [first, last] = [vitals[0], vitals.at(-1)];
  if (!first || !last) return null;
  const [start, span] = [Date.parse(first.at), Math.max(1, Date.parse(last.at) - Date.parse(first.at))];
  const highest = vitals.reduce((most, { memory }) => Math.max(most, memory), 0);
  const point = ({ at, memory }: { at: string; memory: number }) =>
    `${(((Date.parse(at) - start) / span) * width).toFixed(1)} ${(height - (memory / (highest || 1)) * (height - 2)).toFixed(1)}`;
  const line = vitals.map((vital, index) => `${index === 0 ? 'M' : 'L'}${point(vital)}`).join('');
  const path = vitals.length === 1 ? `${line}H${width}` : line;
  return { path, latest: last.memory, highest, seconds: vitals.length === 1 ? 0 : span / 1000 };
}
