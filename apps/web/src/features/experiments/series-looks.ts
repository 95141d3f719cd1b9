/** How the line of a variant is drawn. Hues are for states, so that lines differ by tone and dash; the palette's names, as everywhere. */
export interface SeriesLook {
  readonly colour: '--accent' | '--ink' | '--ink-3';
  /** In CSS pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

const colours = ['--accent', '--ink', '--ink-3'] as const;
const dashes = [[], [6, 4], [2, 3]] as const;

/** Nine looks; a tenth variant begins anew. */
export function seriesLook(index: number): SeriesLook {
  return { colour: colours[index % 3]!, dash: dashes[Math.floor(index / 3) % 3]! };
}
