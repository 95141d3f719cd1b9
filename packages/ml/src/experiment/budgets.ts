import type { RecipeInput } from '../recipes/index.ts';

/** How much an experiment may cost: a check that everything works, about half an hour a class on two cores, everything as published. */
export const BUDGETS = ['smoke', 'small', 'paper'] as const;
export type Budget = (typeof BUDGETS)[number];

export interface BudgetSettings {
  /** Where recipes come from: `paper/…` or our own. */
  readonly recipes: 'paper' | 'product';
  /** Seeds a variant is trained with unless somebody says otherwise. */
  readonly seeds: number;
  /** On top of the recipe. */
  readonly settings: Pick<RecipeInput, 'augmentation' | 'data' | 'model' | 'training' | 'orientation'>;
  /** Of `recommended`, on top of those: it is shown as many patches, each fewer times. */
  readonly recommended: Pick<RecipeInput, 'data' | 'training'>;
  /** One sentence for the report. */
  readonly summary: string;
}

/** Parts at any angle: normalisation has something to do, and every regime sees the same. */
const FULL_CIRCLE = { rotation: { probability: 1, degrees: 180 } } as const;

export const BUDGET_SETTINGS: Readonly<Record<Budget, BudgetSettings>> = {
  smoke: {
    recipes: 'product',
    seeds: 1,
    settings: {
      augmentation: FULL_CIRCLE,
      data: { trainPatches: 64 },
      model: { latent: 16 },
      training: { epochs: 2, batch: 8, warmup: 4 },
      orientation: { patches: 64, training: { epochs: 1 } },
    },
    recommended: { data: { trainPatches: 128 }, training: { epochs: 1 } },
    summary: 'Checks that everything works; trainings are far too short to compare anything.',
  },
  small: {
    recipes: 'product',
    seeds: 2,
    settings: {
      augmentation: FULL_CIRCLE,
      data: { trainPatches: 1200 },
      model: { latent: 32 },
      training: { epochs: 16 },
      orientation: { patches: 2000, training: { epochs: 12 } },
    },
    recommended: { data: { trainPatches: 2400 }, training: { epochs: 8 } },
    summary: 'A small network on few patches turned at any angle; differences are larger than with many patches and long trainings.',
  },
  paper: {
    recipes: 'paper',
    seeds: 5,
    settings: {},
    recommended: {},
    summary: 'Everything as published: 200 epochs of 8,000 patches, five seeds.',
  },
};
