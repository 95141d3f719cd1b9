/** How one thing is drawn: the accent, the neutral grey of a baseline, or one of the categories. */
export type Tone = 'accent' | 'neutral' | 0 | 1 | 2 | 3 | 4 | 5;

/** Neighbours differ most, since a figure mostly has the first few. */
export const CATEGORIES: readonly Tone[] = ['accent', 1, 0, 3, 2, 5, 4, 'neutral'];

/** Okabe and Ito's set, told apart with every kind of colour vision, its green left out because it is close to the accent; lighter on dark. */
const TONES: readonly (readonly [tone: Tone, light: string, dark: string])[] = [
  ['accent', '#008a91', '#3fc1c9'],
  ['neutral', '#6b6b6b', '#a3a3a3'],
  [0, '#0072b2', '#5aaee0'],
  [1, '#d55e00', '#f0935a'],
  [2, '#b4578f', '#dd9cc0'],
  [3, '#b97f00', '#efb63f'],
  [4, '#3b8fc4', '#8accf2'],
  [5, '#6a51a3', '#b8a2e8'],
];

/** Kinds of line, so that colour is never the only difference. */
const DASHES: Readonly<Record<string, string>> = { neutral: '2 3', 0: '12 2', 1: '7 3', 2: '7 3 2 3', 3: '4 2', 4: '1 2.5', 5: '10 3' };

export const dashOf = (tone: Tone): string | undefined => DASHES[String(tone)];
export const className = (tone: Tone): string => `pf-${tone}`;

/** Height of a text line and the size of type, in pixels; `CHARACTER` is a generous mean width of a character at 12 px. */
export const TYPE = { size: 13, small: 12, line: 18, CHARACTER: 6.6 } as const;

const ink = (light: string, dark: string, selector: string, property: string): [string, string] => [
  `${selector}{${property}:${light}}`,
  `${selector}{${property}:${dark}}`,
];

const RULES: readonly (readonly [light: string, dark: string])[] = [
  ink('#262626', '#e5e5e5', '.pf text', 'fill'),
  ink('#5f5f5f', '#a8a8a8', '.pf .pf-soft', 'fill'),
  ink('#dedede', '#363636', '.pf .pf-grid', 'stroke'),
  ink('#9a9a9a', '#6e6e6e', '.pf .pf-axis', 'stroke'),
  ink('#ffffff', '#1d1d1d', '.pf .pf-hole', 'fill'),
  ink('#ffffff', '#1d1d1d', '.pf .pf-note', 'stroke'),
  ...TONES.flatMap(([tone, light, dark]) => [
    ink(light, dark, `.pf .pf-line.${className(tone)}`, 'stroke'),
    ink(light, dark, `.pf .pf-fill.${className(tone)}`, 'fill'),
  ]),
];

/**
 * The style every figure carries: light, and dark where the reader prefers it. Plain rules instead of variables, which some programs that show SVG
 * do not know. Figures in one page share it.
 */
const BASE = [
  `.pf{font:${TYPE.small}px "Inter Variable",Inter,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}`,
  `.pf .pf-title{font-size:${TYPE.size}px;font-weight:600}`,
  '.pf .pf-line,.pf .pf-grid,.pf .pf-axis{fill:none}.pf .pf-line{stroke-width:1.75;stroke-linejoin:round}',
  '.pf .pf-note{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
  '.pf .pf-band{fill-opacity:.16}.pf .pf-hole{stroke-width:1.75}',
].join('');
const LIGHT = RULES.map(([light]) => light).join('');
const DARK = RULES.map(([, dark]) => dark).join('');
export const STYLE = `${BASE}${LIGHT}@media (prefers-color-scheme:dark){${DARK}}`;

/** The same figure for one scheme, whatever the reader's system prefers: for a page with a switch of its own, and for pictures of it. */
export function inScheme(svg: string, scheme: 'light' | 'dark'): string {
  return svg.replaceAll(STYLE, BASE + (scheme === 'dark' ? DARK : LIGHT));
}
