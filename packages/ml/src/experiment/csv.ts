import { titleIn } from './columns.ts';
import type { ComparedClass, Comparison } from './comparison.ts';
import { csv, named, type Field } from './csv-text.ts';
import { rowName, type Row } from './rows.ts';

/** Which of the paper's tables a row stands in; empty for one beyond the paper. */
const parts = (entry: ComparedClass): readonly (readonly [string, readonly Row[]])[] => [
  [entry.paper ? `${entry.paper.tables.reconstruction}` : '3-5', entry.reconstruction],
  [entry.paper ? `${entry.paper.tables.detection}` : '6-8', entry.detection],
  ['', entry.further],
];

const rowsOf = (comparison: Comparison): { readonly entry: ComparedClass; readonly table: string; readonly row: Row }[] =>
  comparison.classes.flatMap((entry) => parts(entry).flatMap(([table, rows]) => rows.map((row) => ({ entry, table, row }))));

/** tables.csv: a line a class, metric and variant; means at full precision beside what is printed. */
export function renderTablesCsv(comparison: Comparison): string {
  const head = [
    'table',
    'class',
    'metric',
    'label',
    'better',
    'variant',
    'seeds',
    'mean',
    'std',
    'printed',
    'best',
    'tied',
    'place',
    'paper',
  ];
  const rows = rowsOf(comparison).flatMap(({ entry, table, row }) =>
    row.cells.map((cell, i): Field[] => [
      ...[
        table,
        named(entry.name),
        row.metric,
        rowName(row),
        row.better,
        named(comparison.columns[i]!.title),
        cell.seeds.length,
        cell.mean,
        cell.std,
      ],
      ...[cell.mean === null ? null : cell.printed, cell.best, cell.tied, cell.place, row.paper?.[i] ?? null],
    ]),
  );
  return csv(head, rows);
}

/** places.csv: Table 9, a line a class, place and variant; the paper's count as printed and as recounted where class and variant are its. */
export function renderPlacesCsv({ classes, columns, places }: Comparison): string {
  const all = [...classes.map(({ name, places: own, paper }) => ({ name, places: own, paper })), { name: 'all', places, paper: null }];
  const rows = all.flatMap((entry) =>
    entry.places.counts.flatMap((counts, place) =>
      counts.map((count, i): Field[] => {
        const regime = columns[i]!.paper;
        const theirs = (table: readonly (readonly number[])[] | undefined): Field =>
          regime === null ? null : (table?.[place]?.[regime] ?? null);
        const paper = entry.paper?.places;
        return [named(entry.name), place + 1, named(columns[i]!.title), count, theirs(paper?.printed), theirs(paper?.recounted)];
      }),
    ),
  );
  return csv(['class', 'place', 'variant', 'count', 'paper_printed', 'paper_recounted'], rows);
}

/** differences.csv: a line a class, metric and variant but the reference. */
export function renderDifferencesCsv(comparison: Comparison): string {
  const head = [
    'class',
    'metric',
    'better',
    'variant',
    'reference',
    'seeds',
    'unpaired',
    'difference',
    'low',
    'high',
    'p_exact',
    'p_smallest',
    'favours',
  ];
  const rows = rowsOf(comparison).flatMap(({ entry, row }) =>
    row.differences.map((difference): Field[] => {
      const { interval, wilcoxon, favours } = difference;
      return [
        ...[
          named(entry.name),
          row.metric,
          row.better,
          named(titleIn(comparison, difference.column)),
          named(titleIn(comparison, difference.reference)),
          difference.seeds.length,
          difference.unpaired.length,
        ],
        ...[difference.mean, interval?.low ?? null, interval?.high ?? null, wilcoxon?.pExact ?? null, wilcoxon?.smallestP ?? null],
        favours === null ? null : named(titleIn(comparison, favours === 'column' ? difference.column : difference.reference)),
      ];
    }),
  );
  return csv(head, rows);
}
