import { recipeHash, resolveRecipe, type Recipe } from '../recipes/index.ts';
import { BUDGET_SETTINGS, type Budget } from './budgets.ts';

/** How a variant treats orientation; each is a regime of the recipe. The paper's four first, in the order of its tables. */
export const REGIMES = ['ae', 'stn-frozen', 'stn-random', 'stn-finetuned', 'sampler-only', 'search', 'multi-start'] as const;
export type Regime = (typeof REGIMES)[number];

export const PAPER_TABLE_ORDER: readonly Regime[] = REGIMES.slice(0, 4);

/** Regimes that begin with a localisation network that knows orientations already. */
const PRETRAINED: readonly Regime[] = ['stn-frozen', 'stn-finetuned', 'multi-start'];

export const needsOrientation = (regime: Regime): boolean => PRETRAINED.includes(regime);

/** What decides the geometry of a class. */
export interface ClassImages {
  /** Shortest side of its images, in pixels. */
  readonly shortSide: number;
  /** 1 where every image is grey. */
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
 * The recipe of a regime (or of the localisation network's own training) for one class under a budget. All regimes of a class differ in their regime alone.
 * `paper` is the paper's letter whatever the images; the others see grey images with one channel, and do not enlarge small ones.
 */
export function experimentRecipe(regime: Regime | 'orientation', budget: Budget, images: ClassImages): ExperimentRecipe {
  const { recipes, settings } = BUDGET_SETTINGS[budget];
  const base = resolveRecipe(recipes === 'paper' ? `paper/${IN_PAPER.has(regime) ? regime : 'ae'}` : regime);
  const own = resolveRecipe(regime);
  const small = images.shortSide < NETWORK_SHORT_SIDE && images.shortSide * PAPER_SCALE >= PATCH;
  const recipe =
    recipes === 'paper'
      ? resolveRecipe({ ...base, name: `paper/${regime}`, regime: own.regime })
      : resolveRecipe({
          ...base,
          channels: images.channels,
          ...(small ? { geometry: { ...base.geometry, scale: { by: 'factor', value: PAPER_SCALE } } } : {}),
          augmentation: { ...base.augmentation, ...settings.augmentation },
          data: { ...base.data, ...settings.data },
          model: { ...base.model, ...settings.model },
          training: { ...base.training, ...settings.training },
          orientation: {
            ...base.orientation,
            ...settings.orientation,
            training: { ...base.orientation.training, ...settings.orientation?.training },
          },
        });
  return { recipe, hash: recipeHash(recipe) };
}

const IN_PAPER: ReadonlySet<string> = new Set([...PAPER_TABLE_ORDER, 'orientation']);
