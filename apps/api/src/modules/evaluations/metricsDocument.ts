import type { Prisma } from '@plumbline/prisma';

/**
 * `metrics.json` of an evaluation with what people call its variant now: the tables made from it, on a page or from a downloaded folder, are headed by that.
 * @param metrics as the worker stored them; null before the end
 */
export function metricsDocument(metrics: Prisma.JsonValue, variantName: string): Prisma.JsonValue {
  return metrics !== null && typeof metrics === 'object' && !Array.isArray(metrics) ? { ...metrics, variant: variantName } : metrics;
}
