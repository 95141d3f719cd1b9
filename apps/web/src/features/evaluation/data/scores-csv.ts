import { outcomeFor, type EvaluatedImage } from '#web/features/residuals/data/images.ts';
import { measures, type Measure } from '#web/features/residuals/view/view-state.ts';

/** A text for one CSV cell (RFC 4180); texts that a spreadsheet would run as a formula are defused with an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const number = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Scores and map statistics of all images of one evaluation, one a line, with the outcome at the image thresholds given. */
export function scoresCsv(images: readonly EvaluatedImage[], thresholds: Readonly<Record<Measure, number | null>>): string {
  const columns = measures.flatMap((measure) => ['score', 'outcome', 'minimum', 'maximum', 'mean', 'p99'].map((name) => `${measure}_${name}`));
  const lines = images.map((image) => [
    cell(image.label),
    cell(image.name),
    ...measures.flatMap((measure) => {
      const found = image.variants[0]?.statistics[measure];
      return [
        number(found?.score),
        outcomeFor(image, 0, measure, thresholds[measure])?.toUpperCase() ?? '',
        number(found?.minimum),
        number(found?.maximum),
        number(found?.mean),
        number(found?.p99),
      ];
    }),
  ]);
  return `${[['label', 'image', ...columns], ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}
