import { columnIndex, type Comparison } from '@plumbline/ml/experiment';
import type { Recipe } from '@plumbline/ml/recipes';
import { z } from 'zod';
import type { ComparedSetFieldsFragment } from '#web/graphql/generated/graphql.ts';

export type ComparedSet = ComparedSetFieldsFragment;

const scoresSchema = z.object({ ssim: z.array(z.number().nullable()), mse: z.array(z.number().nullable()) });
const namesSchema = z.object({ class: z.string(), recipe: z.string(), recipeHash: z.string() });
const lossesSchema = z.object({
  epochs: z.array(z.number()),
  train: z.array(z.number().nullable()),
  validation: z.array(z.number().nullable()),
});

/** One evaluation as the tabs draw it. */
export interface Member {
  readonly id: string;
  readonly className: string;
  /** Index of its column in the tables. */
  readonly column: number;
  readonly variantName: string;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly curves: unknown;
  /** Images and their scores, in one order. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
  /** Empty behind a link. */
  readonly imageIds: readonly string[];
  readonly scores: Readonly<Record<'ssim' | 'mse', readonly (number | null)[]>>;
  readonly losses: z.infer<typeof lossesSchema>;
  /** Patches by angle in bins of 5°; empty where none is turned. */
  readonly orientations: readonly number[];
}

/** The evaluations of a set with their column in the comparison that was made of it. */
export function membersOf(set: ComparedSet, { columns }: Pick<Comparison, 'columns'>): Member[] {
  return set.evaluations.map((evaluation) => {
    const { class: className, recipe, recipeHash } = namesSchema.parse(evaluation.metrics);
    const images = set.images[evaluation.images];
    return {
      id: evaluation.id,
      className,
      column: columnIndex(columns, recipe, recipeHash),
      variantName: evaluation.variantName,
      recipe: evaluation.recipe as Recipe,
      seed: evaluation.seed,
      curves: evaluation.curves,
      names: images?.names ?? [],
      labels: images?.labels ?? [],
      imageIds: images?.ids ?? [],
      scores: scoresSchema.parse(evaluation.scores),
      losses: lossesSchema.parse(evaluation.losses),
      orientations: evaluation.orientations,
    };
  });
}

/** Name of an evaluation in a chooser and in messages. */
export const memberTitle = ({ className, variantName, seed }: Pick<Member, 'className' | 'variantName' | 'seed'>): string =>
  `${variantName}, ${className}, seed ${seed}`;
