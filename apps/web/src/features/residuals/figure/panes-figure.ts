import { escapeText } from '@plumbline/ml/figures';
import { colourMaps, gradientStops } from '../colour/colour-map.ts';
import { diverging } from '../colour/diverging.ts';
import { MASK_COLOURS } from '../drawing/value-look.ts';
import type { SeenLegend, SeenPane } from './seen-panes.ts';

const MARGIN = 12;
const LINE = 16;
const GAP = 8;
/** Room for a caption and a colour scale. */
const NARROWEST = 190;
/** A generous mean width of a character at 12 px. */
const CHARACTER = 6.4;

const colourTables = { ...colourMaps, vik: diverging };

const fitted = (text: string, width: number): string => {
  const most = Math.max(4, Math.floor(width / CHARACTER));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};

const text = (x: number, y: number, content: string, look = ''): string => `<text x="${x}" y="${y}"${look}>${escapeText(content)}</text>`;

function legend({ colours, minimum, maximum, threshold }: SeenLegend, x: number, y: number, width: number): string {
  const words = threshold === null ? `${minimum} … ${maximum}` : `${minimum} … ${maximum}, T ${threshold}`;
  return (
    `<rect x="${x}" y="${y - 9}" width="40" height="9" fill="url(#${escapeText(colours)})"/>` +
    text(x + 46, y, fitted(words, width - 46), ' class="soft"')
  );
}

/** What the colours of masks mean, in a line. */
function maskLegend(y: number): string {
  const words = { found: 'found', falsely: 'false alarm', missed: 'missed' } as const;
  return (Object.keys(words) as (keyof typeof words)[])
    .map((name, at) => {
      const x = MARGIN + 90 * at;
      return `<rect x="${x}" y="${y - 9}" width="9" height="9" fill="rgb(${MASK_COLOURS[name].join(',')})"/>${text(x + 14, y, words[name], ' class="soft"')}`;
    })
    .join('');
}

/** The stops of the colour maps that are used. */
function gradients(panes: readonly SeenPane[]): string {
  const used = new Set(panes.flatMap(({ legend }) => legend?.colours ?? []));
  return Object.values(colourTables)
    .filter(({ name }) => used.has(name))
    .map((map) => {
      const colours = gradientStops(map, ',');
      const stops = colours.map((colour, k) => `<stop offset="${k / (colours.length - 1)}" stop-color="${colour}"/>`);
      return `<linearGradient id="${map.name}">${stops.join('')}</linearGradient>`;
    })
    .join('');
}

/**
 * Panes as they stand on the screen, each with its caption and colour scale, under a title: an SVG document that holds their pictures.
 * @param notes lines under the title, such as the measure and what the variants are
 */
export function panesFigure(title: string, notes: readonly string[], panes: readonly SeenPane[]): string {
  const columns = Array.from({ length: 1 + panes.reduce((most, { column }) => Math.max(most, column), 0) }, (_, at) =>
    panes.reduce((most, { column, width }) => (column === at ? Math.max(most, Math.ceil(width)) : most), NARROWEST),
  );
  const lefts = columns.map((_, at) => MARGIN + columns.slice(0, at).reduce((sum, each) => sum + each + GAP, 0));
  const width = lefts.at(-1)! + columns.at(-1)! - MARGIN;
  let y = MARGIN + LINE * (1 + notes.length) + 4;
  const parts: string[] = [
    text(MARGIN, MARGIN + 12, fitted(title, width), ' class="title"'),
    ...notes.map((note, k) => text(MARGIN, MARGIN + 12 + LINE * (k + 1), fitted(note, width), ' class="soft"')),
  ];
  for (let row = 0; row <= panes.reduce((most, pane) => Math.max(most, pane.row), 0); row++) {
    const inRow = panes.filter((pane) => pane.row === row);
    const head = LINE * (inRow.some(({ legend }) => legend) ? 2 : 1) + 6;
    for (const { column, caption, legend: scale, width: wide, height: high, picture, line } of inRow) {
      const x = lefts[column]!;
      parts.push(text(x, y + LINE - 4, fitted(caption, columns[column]!)));
      if (scale) parts.push(legend(scale, x, y + 2 * LINE - 4, columns[column]!));
      parts.push(
        `<image x="${x}" y="${y + head}" width="${wide}" height="${high}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${escapeText(picture)}"/>`,
      );
      if (line !== null) {
        const at = x + line * wide;
        for (const [thick, colour] of [
          [3, '#000000'],
          [1, '#ffffff'],
        ] as const)
          parts.push(`<path d="M${at} ${y + head}v${high}" stroke="${colour}" stroke-width="${thick}"/>`);
      }
    }
    y += head + Math.max(0, ...inRow.map(({ height }) => Math.ceil(height))) + 4;
  }
  if (panes.some(({ caption }) => caption.startsWith('Mask'))) {
    parts.push(maskLegend(y + LINE - 4));
    y += LINE + 4;
  }
  const [w, h] = [width + 2 * MARGIN, Math.ceil(y + MARGIN)];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-label="${escapeText(title)}">` +
    '<style>text{font:12px Inter,system-ui,"Segoe UI",Roboto,Arial,sans-serif;fill:#262626}.title{font-size:13px;font-weight:600}.soft{fill:#5f5f5f}</style>' +
    `<defs>${gradients(panes)}</defs><rect width="${w}" height="${h}" fill="#ffffff"/>${parts.join('')}</svg>`
  );
}
