import type { ComparedClass, Comparison } from './comparison.ts';
import { differencesSheet, imageRocSheet, rankingSheet } from './difference-sheets.ts';
import { fixed, ordinal, ranges } from './format.ts';
import type { Metric } from './metrics.ts';
import { rowName, type Row } from './rows.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** Marks a value that another variant prints too. */
const TIE = '=';

/** All tables of a comparison, in the paper's order: 3–5, 6–8, 9, and then what goes beyond it. */
export function sheetsOf(comparison: Comparison): Sheet[] {
  const { classes } = comparison;
  const paperPlaces = paperPlacesSheet(comparison);
  return [
    ...classes.map((entry) => reconstructionSheet(entry, comparison)),
    ...classes.map((entry) => detectionSheet(entry, comparison)),
    placesSheet(comparison),
    ...(paperPlaces ? [paperPlaces] : []),
    ...classes.map((entry) => furtherSheet(entry, comparison)),
    ...[differencesSheet(comparison), imageRocSheet(comparison), rankingSheet(comparison)].filter((sheet) => sheet !== null),
  ];
}

/** Under what rule the numbers stand, in sentences for the top of a page. */
export function protocolOf({ protocol, notes }: Comparison): string[] {
  const { geometry, imageScore, split, checkpoint, pixels, decimals, iouLabel } = protocol;
  const parts = [
    `${geometry} geometry`,
    ...(split ? [`${split} images`] : []),
    ...(checkpoint ? [`${checkpoint} checkpoint`] : []),
    `image score ${imageScore}`,
    pixels === 'patches' ? 'pixels of the patches’ regions of interest' : 'all pixels of the exported maps',
  ];
  return [
    `${parts.join(', ')}.`,
    `Cells are mean ± standard deviation (n − 1) over seeds, to ${decimals} decimals. The best mean of a row is bold; ${TIE} marks a mean that another variant prints too. Ties, places and ranks are counted on the printed means.`,
    `PRC is the average precision. IoU: ${iouLabel}. The paper does not define its IoU, so that row does not compare with the printed one.`,
    ...notes,
  ];
}

const label = (row: Row): string => `${rowName(row)} ${arrow(row.better)}`;
const arrow = (better: Metric['better']): string => (better === 'higher' ? '↑' : '↓');

/** A row of ours, and the paper's printed values under it where the class is the paper's. */
function metricRows(row: Row): SheetCell[][] {
  const ours = row.cells.map(({ printed, best, tied }): SheetCell => ({ text: tied ? `${printed} ${TIE}` : printed, bold: best }));
  const own = [{ text: label(row) }, ...ours];
  if (!row.paper) return [own];
  return [own, [{ text: `${row.label} (paper)` }, ...row.paper.map((value) => ({ text: value === null ? '–' : fixed(value) }))]];
}

const headOf = ({ columns }: Comparison, first: string): string[] => [first, ...columns.map(({ title }) => title)];

/** Seeds of the variants, once where they are the same. */
function seedsNote({ seeds }: ComparedClass, { columns }: Comparison): string {
  const word = (list: readonly number[]): string => (list.length === 0 ? 'none' : `${list.length} (${ranges(list)})`);
  const words = seeds.map(word);
  if (new Set(words).size === 1) return `Seeds: ${words[0]}.`;
  return `Seeds: ${columns.map(({ title }, i) => `${title} ${words[i]}`).join('; ')}.`;
}

function reconstructionSheet(entry: ComparedClass, comparison: Comparison): Sheet {
  return {
    kind: 'reconstruction',
    title: `${entry.paper ? `Table ${entry.paper.tables.reconstruction}` : 'Tables 3–5'}. Reconstruction of good images: ${entry.name}`,
    head: headOf(comparison, entry.name),
    rows: entry.reconstruction.flatMap(metricRows),
    notes: [...paperNote(entry, entry.reconstruction), seedsNote(entry, comparison)],
  };
}

/** A dataset is known by its name alone. */
const paperNote = ({ name, paper }: ComparedClass, rows: readonly Row[]): string[] =>
  paper && rows.some((row) => row.paper)
    ? [`(paper): as printed for ${paper.name} of MVTec AD, by the name ${name}; they say something only where these are its images.`]
    : [];

function detectionSheet(entry: ComparedClass, comparison: Comparison): Sheet {
  return {
    kind: 'detection',
    title: `${entry.paper ? `Table ${entry.paper.tables.detection}` : 'Tables 6–8'}. Detection of defective pixels: ${entry.name}`,
    head: headOf(comparison, entry.name),
    rows: entry.detection.flatMap(metricRows),
    notes: [
      ...paperNote(entry, entry.detection),
      ...prevalenceNote(entry),
      `IoU: ${comparison.protocol.iouLabel}.`,
      seedsNote(entry, comparison),
    ],
  };
}

/** Once where both measures count the same pixels. */
function prevalenceNote({ prevalence: { pixel } }: ComparedClass): string[] {
  const [ssim, mse] = [pixel.ssim, pixel.mse].map((value) => (value === null ? null : fixed(value)));
  const by = [...(ssim ? [`${ssim} by SSIM`] : []), ...(mse ? [`${mse} by MSE`] : [])];
  if (by.length === 0) return [];
  return [`Prevalence of defective pixels ${ssim === mse ? ssim : by.join(', ')}: the PRC of a random map.`];
}

function furtherSheet(entry: ComparedClass, comparison: Comparison): Sheet {
  const { image } = entry.prevalence;
  return {
    kind: 'further',
    title: `Beyond the paper: ${entry.name}`,
    head: headOf(comparison, entry.name),
    rows: entry.further.flatMap(metricRows),
    notes: image === null ? [] : [`Prevalence of defective images ${fixed(image)}: the image PRC of random scores.`],
  };
}

function placesSheet(comparison: Comparison): Sheet {
  const { classes, columns, places } = comparison;
  const all = [
    ...classes.map((entry) => ({ name: entry.name, places: entry.places })),
    ...(classes.length > 1 ? [{ name: 'all', places }] : []),
  ];
  const leftOut = places.leftOut;
  return {
    kind: 'places',
    title: 'Table 9. How often each variant takes each place',
    head: ['class', 'place', ...columns.map(({ title }) => title)],
    rows: all.flatMap((entry) =>
      entry.places.counts.map((counts, place) => [
        { text: place === 0 ? entry.name : '' },
        { text: ordinal(place + 1) },
        ...counts.map((count) => ({ text: `${count}` })),
      ]),
    ),
    notes: [
      `Over the rows of Tables 6–8 (${places.rows}); ties share the better place.`,
      ...(leftOut > 0
        ? [`${leftOut} ${leftOut === 1 ? 'row where a variant has no value takes' : 'rows where a variant has no value take'} no part.`]
        : []),
    ],
  };
}

/** The paper's Table 9 as printed, with what its own Tables 6–8 count to. */
function paperPlacesSheet({ classes }: Comparison): Sheet | null {
  const theirs = classes.flatMap(({ paper }) => paper ?? []);
  if (theirs.length === 0) return null;
  return {
    kind: 'paper-places',
    title: 'Table 9 of the paper, as printed, beside its recount',
    head: ['class', 'place', 'AE', 'frozen', 'random', 'non-frozen'],
    rows: theirs.flatMap(({ name, places }) =>
      places.printed.map((row, place) => [
        { text: place === 0 ? name : '' },
        { text: ordinal(place + 1) },
        ...row.map((printed, regime) => {
          const counted = places.recounted[place]![regime]!;
          return { text: printed === counted ? `${printed}` : `${printed} (recount ${counted})`, bold: printed !== counted };
        }),
      ]),
    ),
    notes: ['Recounted from the printed Tables 6–8; bold where the two differ.'],
  };
}
