import { storedExpectation } from '@plumbline/ml/residuals';
import { defaultSsim } from '@plumbline/ml/similarity';
import { z } from 'zod';
import type { ResidualProtocol } from '#web/features/residuals/view/protocol.ts';
import { tilesOf, turningOf } from '#web/features/residuals/viewer/recipe-turning.ts';
import { measures, type Measure } from '#web/features/residuals/view/view-state.ts';

/** What the evaluation's JSON columns hold, read leniently: a part that an older evaluation lacks is null, not a failure of the page. */
const value = z.number().nullable().catch(null).default(null);
const reasons = z.record(z.string(), z.string()).catch({}).default({});

/** The exact value lies between the two. */
const bounds = z.record(z.string(), z.tuple([z.number(), z.number()])).catch({}).default({});

const pixel = z.object({
  rocAuc: value,
  averagePrecision: value,
  prcTrapezoid: value,
  f1Max: value,
  iouBestOracle: value,
  iouAtValidationThreshold: value,
  iouMeanOverThresholds: value,
  iouPerImageMean: value,
  aupro30: value,
  prevalence: value,
  pixels: value,
  bounds,
  undefinedBecause: reasons,
});
const paper = z.object({
  rocAuc: value,
  prcAuc: value,
  iou: value,
  iouPooled: value,
  iouAtValidationThreshold: value,
  pixels: value,
  undefinedBecause: reasons,
});
const perMeasure = <Part extends z.ZodType>(part: Part) => z.object({ ssim: part.nullable().catch(null), mse: part.nullable().catch(null) });
const image = z.object({ rocAuc: value, averagePrecision: value, f1Max: value, prevalence: value, images: value, undefinedBecause: reasons });
const measured = z.object({ pixel, image });
const ofDefect = z.object({
  pixel: z.object({ rocAuc: value, averagePrecision: value, aupro30: value, prevalence: value }),
  image: z.object({ rocAuc: value, averagePrecision: value, prevalence: value, detectionRate: value }),
});
const byDefect = z.record(z.string(), z.object({ images: z.number(), withoutMask: z.number(), measures: perMeasure(ofDefect) }));
const metricsSchema = z.object({
  imageScore: z.string().catch('top1pc'),
  mode: z.enum(['exact', 'histogram']).catch('exact'),
  measures: perMeasure(measured),
  byDefect: byDefect.nullable().catch(null).default(null),
  paper: perMeasure(paper).nullable().catch(null).default(null),
  reconstruction: z.object({ mse: value, ssim: value, images: value }).nullable().catch(null).default(null),
});

export interface MeasuredMetrics extends z.infer<typeof measured> {
  /** By the paper's letter; null where it was not asked for. */
  readonly paper: z.infer<typeof paper> | null;
}
/** What is known of one defect type. */
export type DefectMetrics = z.infer<typeof byDefect>[string];
export interface EvaluationMetrics {
  readonly imageScore: string;
  /** How pixels were ranked: every score by itself, or by bins, with `bounds`. */
  readonly mode: 'exact' | 'histogram';
  readonly measures: Readonly<Record<Measure, MeasuredMetrics | null>>;
  /** By label; null in evaluations older than it. */
  readonly byDefect: Readonly<Record<string, DefectMetrics>> | null;
  readonly reconstruction: { readonly mse: number | null; readonly ssim: number | null; readonly images: number | null } | null;
}

/** By what was stored: a table is drawn anew with every event of the project, and the cache gives it the same objects. */
const parsed = new WeakMap<object, EvaluationMetrics | null>();

/** The metrics of an evaluation; null while there are none. */
export function parseMetrics(json: unknown): EvaluationMetrics | null {
  if (typeof json !== 'object' || json === null) return null;
  const known = parsed.get(json);
  if (known !== undefined) return known;
  const metrics = readMetrics(json);
  parsed.set(json, metrics);
  return metrics;
}

function readMetrics(json: object): EvaluationMetrics | null {
  const { data } = metricsSchema.safeParse(json);
  if (!data) return null;
  const of = (measure: Measure) => data.measures[measure] && { ...data.measures[measure], paper: data.paper?.[measure] ?? null };
  return { ...data, measures: { ssim: of('ssim'), mse: of('mse') } };
}

const thresholdSchema = z.object({ pixel: value, image: value, quantile: value, origin: z.string().catch('') });
const ssimSchema = z.object({ window: z.enum(['gaussian', 'uniform']), sigma: z.number(), size: z.number() });
const mseSchema = z.object({ sigma: z.number(), expected: z.boolean() });
const protocolSchema = z.object({ ssim: ssimSchema, mse: mseSchema, imageScore: z.string() }).partial();

/**
 * The options and thresholds that the evaluation was made with. The SSIM window may stand in the protocol or in its recipe's residual options; the table of
 * expected residuals stands in the metrics.
 */
export function parseProtocol(protocol: unknown, thresholds: unknown, recipe: unknown, metrics: unknown): ResidualProtocol {
  const nested = (json: unknown) => z.object({ residual: protocolSchema }).safeParse(json).data?.residual;
  const own = protocolSchema.safeParse(protocol).data;
  const [inProtocol, inRecipe] = [nested(protocol), nested(recipe)];
  const { window, sigma, size } = own?.ssim ?? inProtocol?.ssim ?? inRecipe?.ssim ?? defaultSsim;
  const mse = own?.mse ?? inProtocol?.mse ?? inRecipe?.mse ?? { sigma: 0, expected: false };
  const all = z.record(z.string(), thresholdSchema.nullable()).safeParse(thresholds).data ?? {};
  const of = (measure: Measure) => {
    const found = all[measure] ?? { pixel: null, image: null, quantile: null, origin: '' };
    const quantile = found.quantile === null ? '' : `${Number((100 * found.quantile).toFixed(2))} % quantile of `;
    const origin = found.pixel === null && found.image === null ? 'not fitted: there were no good validation images' : `${quantile}${found.origin || 'good validation images'}`;
    return { ...found, origin };
  };
  return {
    ssim: { window, sigma, size },
    mse: { mse, expected: storedExpectation.safeParse(metrics).data ?? null },
    aligned: z.object({ geometry: z.object({ kind: z.literal('patch') }) }).safeParse(recipe).error !== undefined,
    tiles: tilesOf(recipe),
    imageScore: own?.imageScore ?? inProtocol?.imageScore ?? inRecipe?.imageScore ?? 'top1pc',
    thresholds: { ssim: of('ssim'), mse: of('mse') },
    turning: turningOf(recipe),
  };
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly threshold: number | null;
}
export type Curves = Readonly<Record<Measure, { readonly roc: readonly CurvePoint[]; readonly pr: readonly CurvePoint[] } | null>>;

const pointSchema = z.object({ x: z.number(), y: z.number(), threshold: value });
const curveSchema = z.object({ roc: z.array(pointSchema), pr: z.array(pointSchema) });

/** The pixel curves for display; null for a measure without. */
export function parseCurves(json: unknown): Curves {
  const stored = z.record(z.string(), z.unknown()).safeParse(json).data ?? {};
  const all = z.record(z.string(), z.unknown()).safeParse(stored.curves).data ?? stored;
  const curves: Record<Measure, z.infer<typeof curveSchema> | null> = { ssim: null, mse: null };
  for (const measure of measures) {
    const nested = z.object({ pixel: curveSchema }).safeParse(all[measure]).data?.pixel;
    curves[measure] = nested ?? curveSchema.safeParse(all[measure]).data ?? null;
  }
  return curves;
}
