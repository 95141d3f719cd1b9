import { csvOf, csvText } from '#web/lib/csv.ts';
import { outcomeFor, type EvaluatedImage } from '#web/features/residuals/data/images.ts';
import { measures, type Measure } from '#web/features/residuals/view/view-state.ts';

const number = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Scores and map statistics of all images of one evaluation, one a line, with the outcome at the image thresholds given. */
export function scoresCsv(images: readonly EvaluatedImage[], thresholds: Readonly<Record<Measure, number | null>>): string {
  const columns = measures.flatMap((measure) => ['score', 'outcome', 'minimum', 'maximum', 'mean', 'p99'].map((name) => `${measure}_${name}`));
  const lines = images.map((image) => [
    csvText(image.label),
    csvText(image.name),
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
  return csvOf([['label', 'image', ...columns], ...lines]);
}
