import { smallestExactP } from '../statistics/index.ts';
import { titleIn } from './columns.ts';
import type { Comparison } from './comparison.ts';
import type { VariantDifference } from './differences.ts';
import { atPrintedPrecision, fixed, intervalText, probability, ranges, signed } from './format.ts';
import { rowName } from './rows.ts';
import type { Sheet, SheetCell } from './sheet.ts';

const cells = (...texts: readonly string[]): SheetCell[] => texts.map((text) => ({ text }));

/** Paired differences of every metric against the reference; null for a single variant. */
export function differencesSheet(comparison: Comparison): Sheet | null {
  const { classes, columns, protocol } = comparison;
  const reference = titleIn(comparison, protocol.reference);
  if (columns.length < 2) return null;
  const rows = classes.flatMap((entry) =>
    [...entry.reconstruction, ...entry.detection, ...entry.further].flatMap((row) =>
      row.differences.map((difference) => [
        ...cells(entry.name, rowName(row), titleIn(comparison, difference.column)),
        { text: difference.mean === null ? '–' : signed(difference.mean), bold: speaksForVariant(difference) },
        ...cells(
          difference.interval ? intervalText(difference.interval) : '–',
          difference.wilcoxon?.pExact ? probability(difference.wilcoxon.pExact) : '–',
          pairsText(difference),
        ),
      ]),
    ),
  );
  const pairs = classes.flatMap((entry) => entry.detection.flatMap((row) => row.differences.map(({ seeds }) => seeds.length)));
  const most = Math.max(0, ...pairs);
  return {
    kind: 'differences',
    title: `Paired differences to ${reference}, seed by seed`,
    head: ['class', 'metric', 'variant', 'difference', '95 % interval', 'p', 'seeds'],
    rows,
    notes: [
      `Difference: variant − ${reference}, mean over the seeds both have; bold where it speaks for the variant.`,
      `Interval: percentile bootstrap over the paired seeds (${protocol.resamples} resamples); with few seeds it is too narrow.`,
      `p: Wilcoxon signed-rank, exact, two-sided${most > 0 ? `; ${seedCount(most)} cannot go below ${probability(smallestExactP(most))}` : ''}. Not corrected for the number of rows.`,
    ],
  };
}

/** Decided on the printed difference: what prints as zero speaks for nobody. */
const speaksForVariant = ({ mean, favours }: VariantDifference): boolean =>
  favours === 'column' && mean !== null && atPrintedPrecision(mean) !== 0;

const seedCount = (count: number): string => `${count} ${count === 1 ? 'seed' : 'seeds'}`;

/** How many seeds pair, and which do not. */
function pairsText({ seeds, unpaired }: VariantDifference): string {
  return unpaired.length === 0 ? `${seeds.length}` : `${seeds.length} (unpaired: ${ranges(unpaired)})`;
}

/** Differences of the image ROC with their intervals over images; null where no scores are at hand. */
export function imageRocSheet(comparison: Comparison): Sheet | null {
  const { imageRoc, protocol } = comparison;
  if (imageRoc.length === 0) return null;
  return {
    kind: 'image-roc',
    title: `Image ROC: differences to ${titleIn(comparison, protocol.reference)}, interval over images`,
    head: ['class', 'measure', 'variant', 'difference', '95 % interval', 'images', 'seeds'],
    rows: imageRoc.map((entry) => [
      ...cells(
        entry.class,
        entry.measure.toUpperCase(),
        titleIn(comparison, entry.column),
        signed(entry.mean),
        intervalText(entry.interval),
      ),
      ...cells(`${entry.images.good} good, ${entry.images.defective} defective`, `${entry.seeds.length}`),
    ]),
    notes: [
      `Mean over the paired seeds. Percentile bootstrap (${protocol.resamples} resamples): the same images are drawn for both variants and all seeds, good and defective ones each by themselves. The interval is about other images, not about other trainings.`,
    ],
  };
}

/** Average ranks with Friedman's test and Nemenyi's critical difference; null where ranks say nothing. */
export function rankingSheet(comparison: Comparison): Sheet | null {
  const { classes, columns, ranking } = comparison;
  if (!ranking) return null;
  const { friedman, nemenyi, rows } = ranking;
  const apart = nemenyi.pairs.filter(({ significant }) => significant);
  const davenport = friedman.imanDavenport;
  return {
    kind: 'ranks',
    title: 'Average ranks over metrics × classes',
    head: ['', ...columns.map(({ title }) => title)],
    rows: [cells('average rank', ...ranking.averageRanks.map((rank) => rank.toFixed(2)))],
    notes: [
      ...(classes.some(({ seeds }) => seeds.some(({ length }) => length === 1))
        ? [
            'Where a variant has one seed its ranks may be those of this training alone; no p-value below tells chance between trainings from a difference of variants.',
          ]
        : []),
      `Over the ${rows} rows of Tables 6–8 where every variant has a value; 1 is best.`,
      `Friedman: chi-square ${friedman.chi2.toFixed(3)}, p ${probability(friedman.p)}${davenport ? `; Iman–Davenport: F ${davenport.F.toFixed(3)}, p ${probability(davenport.p)}` : ''}.`,
      `Nemenyi: critical difference ${fixed(nemenyi.criticalDifference)} at ${nemenyi.alpha}; ${
        apart.length === 0
          ? 'no two variants lie so far apart'
          : `so far apart lie ${apart.map(({ columns: pair }) => pair.map((name) => titleIn(comparison, name)).join(' and ')).join('; ')}`
      }.`,
      'Metrics of one class are taken from the same maps and so are not independent rows: read these p-values as descriptions.',
    ],
  };
}
