import { recipeHash, resolveRecipe, type Recipe } from '../recipes/index.ts';
import { BUDGET_SETTINGS, type Budget } from './budgets.ts';

/** How a variant treats orientation; each is a regime of the recipe. The paper's four first, in the order of its tables. */
export const REGIMES = ['ae', 'stn-frozen', 'stn-random', 'stn-finetuned', 'sampler-only', 'search', 'multi-start'] as const;
export type Regime = (typeof REGIMES)[number];

/** What an experiment compares: the regimes, which differ in nothing else, and the catalogue's `recommended`, which goes beyond them. */
export const VARIANTS = [...REGIMES, 'recommended'] as const;
export type Variant = (typeof VARIANTS)[number];

export const PAPER_TABLE_ORDER: readonly Regime[] = REGIMES.slice(0, 4);

/** What decides the geometry of a class. */
export interface ClassImages {
  /** Shortest side of its images, in pixels. */
  readonly shortSide: number;
  /** 1 where the images are grey. */
  readonly channels: 1 | 3;
}

export interface ExperimentRecipe {
  readonly recipe: Recipe;
  readonly hash: string;
}

/** Below it an image would be enlarged for the network; small crops are reduced instead, as the paper's geometry does. */
const NETWORK_SHORT_SIDE = 181;
const PAPER_SCALE = 0.7071;
const PATCH = 90;

/**
 * The recipe of a variant for one class under a budget. All regimes of a class differ in their regime alone; `recommended` is shown as many patches
 * turned by the same localisation network, and keeps the loss and the size of the code that it stands for.
 * `paper` is the paper's letter whatever the images; the others see grey images with one channel, and do not enlarge small ones.
 */
export function experimentRecipe(variant: Variant, budget: Budget, images: ClassImages): ExperimentRecipe {
  const { recipes, settings, recommended } = BUDGET_SETTINGS[budget];
  const own = resolveRecipe(variant);
  if (recipes === 'paper') {
    const published = PAPER_TABLE_ORDER.some((regime) => regime === variant);
    const letter = resolveRecipe(published ? `paper/${variant}` : 'paper/ae');
    return named(
      published ? letter : { ...letter, name: `paper/${variant}`, regime: own.regime, loss: { ...letter.loss, image: own.loss.image } },
    );
  }
  const beyond = variant === 'recommended' ? recommended : {};
  const small = images.shortSide < NETWORK_SHORT_SIDE && images.shortSide * PAPER_SCALE >= PATCH;
  return named({
    ...own,
    channels: images.channels,
    ...(small ? { geometry: { ...own.geometry, scale: { by: 'factor', value: PAPER_SCALE } } } : {}),
    augmentation: { ...own.augmentation, ...settings.augmentation },
    data: { ...own.data, ...settings.data, ...beyond.data },
    model: variant === 'recommended' ? own.model : { ...own.model, ...settings.model },
    training: { ...own.training, ...settings.training, ...beyond.training },
    orientation: {
      ...own.orientation,
      ...settings.orientation,
      training: { ...own.orientation.training, ...settings.orientation?.training },
    },
  });
}

function named(settings: object): ExperimentRecipe {
  const recipe = resolveRecipe(settings);
  return { recipe, hash: recipeHash(recipe) };
}
