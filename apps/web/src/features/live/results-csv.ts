import { csvOf, csvText } from '#web/lib/csv.ts';
import { measures, type Measure } from '#web/features/residuals/view/view-state.ts';
import { verdictOf, type Entry } from './session.ts';

/** The list as CSV: scores and verdicts by both measures, one photograph a line; one that failed says why. */
export function resultsCsv(entries: readonly Entry[], thresholds: Readonly<Record<Measure, number | null>>): string {
  const head = [
    'image',
    'width',
    'height',
    ...measures.flatMap((measure) => [`${measure}_score`, `${measure}_verdict`]),
    'milliseconds',
    'error',
  ];
  const lines = entries.map(({ name, facts, error }) => [
    csvText(name),
    String(facts?.width ?? ''),
    String(facts?.height ?? ''),
    ...measures.flatMap((measure) => [
      String(facts?.scores[measure] ?? ''),
      (facts && verdictOf(facts.scores, measure, thresholds[measure])) ?? '',
    ]),
    facts ? facts.milliseconds.total.toFixed(1) : '',
    csvText(error ?? ''),
  ]);
  return csvOf([head, ...lines]);
}
