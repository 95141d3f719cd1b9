import type { ComparedEvaluation, EvaluationDocument } from './document.ts';
import { ComparisonError } from './errors.ts';

/** What all evaluations of a comparison share, in words. */
interface Shared {
  readonly what: string;
  readonly of: (document: EvaluationDocument) => string | null;
  readonly remedy: string;
}

const EVERYWHERE: readonly Shared[] = [
  { what: 'geometry', of: ({ geometry }) => geometry, remedy: 'compare evaluations of one geometry' },
  { what: 'image score', of: ({ imageScore }) => imageScore, remedy: 'set residual.imageScore alike in the recipes' },
  { what: 'split', of: ({ split }) => split ?? null, remedy: 'evaluate both with the same --split' },
  { what: 'checkpoint', of: ({ checkpoint }) => checkpoint?.which ?? null, remedy: 'evaluate both with the same --which' },
];

const images = ({ images: counts }: EvaluationDocument): string | null =>
  counts ? `${counts.good} good and ${counts.defective} defective` : null;

const PER_CLASS: readonly Shared[] = [
  {
    what: 'hash of the evaluated data',
    of: ({ evaluatedDataHash }) => evaluatedDataHash?.slice(0, 12) ?? null,
    remedy: 'evaluate both on the same data',
  },
  { what: 'number of images', of: images, remedy: 'evaluate both on the same data' },
  ...(['ssim', 'mse'] as const).map((measure) => ({
    what: `share of defective pixels (${measure.toUpperCase()})`,
    of: ({ measures }: EvaluationDocument) => measures[measure].pixel.prevalence?.toPrecision(10) ?? null,
    remedy: 'evaluate both on the same data',
  })),
];

/**
 * Refuses evaluations whose numbers do not mean the same: another geometry, image score, split or checkpoint anywhere, other evaluated data within a class.
 * What was trained on may differ: it is part of what is compared, and a note says so.
 * What a document does not state is not compared.
 * @throws ComparisonError that names two evaluations and what differs
 */
export function requireComparable(evaluations: readonly ComparedEvaluation[]): void {
  if (evaluations.length === 0) throw new ComparisonError('There are no evaluations to compare; give at least one.');
  for (const shared of EVERYWHERE) requireShared(evaluations, shared);
  for (const className of new Set(evaluations.map(({ metrics }) => metrics.class))) {
    const group = evaluations.filter(({ metrics }) => metrics.class === className);
    for (const shared of PER_CLASS) requireShared(group, shared, ` of ${className}`);
  }
}

function requireShared(evaluations: readonly ComparedEvaluation[], { what, of, remedy }: Shared, where = ''): void {
  const stated = evaluations.filter(({ metrics }) => of(metrics) !== null);
  const [first] = stated;
  const other = stated.find(({ metrics }) => first && of(metrics) !== of(first.metrics));
  if (!first || !other) return;
  throw new ComparisonError(
    `The ${what}${where} differs: ${of(first.metrics)} in ${first.name}, ${of(other.metrics)} in ${other.name}; ${remedy}.`,
  );
}
