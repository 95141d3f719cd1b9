import { z } from 'zod';
import { ComparisonError } from './errors.ts';
import type { ImageScores } from './scores.ts';

/** A value that an evaluation may have left undefined, or that an earlier version did not write. */
const maybe = z.number().nullish().default(null);

const pixel = z.object({
  rocAuc: maybe,
  averagePrecision: maybe,
  iouBestOracle: maybe,
  iouAtValidationThreshold: maybe,
  iouMeanOverThresholds: maybe,
  iouPerImageMean: maybe,
  aupro30: maybe,
  prevalence: maybe,
});
const image = z.object({ rocAuc: maybe, averagePrecision: maybe, prevalence: maybe });
const ofMeasures = <T extends z.ZodType>(schema: T) => z.object({ ssim: schema, mse: schema });

/** What a comparison reads of metrics.json. */
const documentSchema = z.object({
  class: z.string().min(1),
  recipe: z.string().min(1),
  recipeHash: z.string().min(1),
  seed: z.int(),
  regime: z.string().nullish(),
  /** What people call the variant; only the platform knows it. */
  variant: z.string().nullish(),
  geometry: z.enum(['image', 'patch']),
  imageScore: z.enum(['max', 'top1pc', 'mean']),
  split: z.string().nullish(),
  /** How pixels were ranked: `exact` or `histogram`. */
  mode: z.string().nullish(),
  /** Of the data the run was trained on. */
  dataHash: z.string().nullish(),
  /** Of the data that was evaluated. */
  evaluatedDataHash: z.string().nullish(),
  checkpoint: z.object({ which: z.string() }).nullish(),
  images: z.object({ good: z.int(), defective: z.int() }).nullish(),
  measures: ofMeasures(z.object({ pixel, image })),
  /** Over the pixels of the patches' regions of interest: the paper's letter. */
  patches: ofMeasures(z.object({ pixel })).nullish(),
  reconstruction: z.object({ mse: maybe, ssim: maybe }),
});

export type EvaluationDocument = z.infer<typeof documentSchema>;

/** One evaluation as a comparison takes it. */
export interface ComparedEvaluation {
  /** How messages name it, e.g. its folder. */
  readonly name: string;
  readonly metrics: EvaluationDocument;
  /** For the interval over images; null where they are not at hand. */
  readonly scores?: ImageScores | null;
}

/**
 * The fields of metrics.json that a comparison needs.
 * @param document parsed JSON
 * @param name how the message names it
 * @throws ComparisonError that names the first field at fault
 */
export function parseEvaluation(document: unknown, name: string): EvaluationDocument {
  const parsed = documentSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'document';
  throw new ComparisonError(
    `${name} is not the metrics.json of an evaluation (${field}: ${issue?.message ?? 'not readable'}); make it again with plumbline evaluate.`,
  );
}
