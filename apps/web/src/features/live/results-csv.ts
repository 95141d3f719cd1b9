import { cell } from '#web/features/evaluation/data/scores-csv.ts';
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
    cell(name),
    facts?.width ?? '',
    facts?.height ?? '',
    ...measures.flatMap((measure) => [
      facts?.scores[measure] ?? '',
      (facts && verdictOf(facts.scores, measure, thresholds[measure])) ?? '',
    ]),
    facts ? facts.milliseconds.total.toFixed(1) : '',
    cell(error ?? ''),
  ]);
  return `${[head, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}
