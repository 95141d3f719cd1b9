export { CATALOGUE, type NamedRecipe } from './catalogue.ts';
export { describeRecipe, type RecipeField } from './describe.ts';
export { RecipeError } from './errors.ts';
export { idleReason, RECIPE_GROUPS, type FieldFacts, type RecipeGroup } from './recipe-fields.ts';
export { canonicalJson, recipeHash } from './hash.ts';
export { needsLocalisation, orientationRecipe, trainingOf, withEpochs, type RegimeKind } from './regimes.ts';
export { resolveRecipe } from './resolve.ts';
export {
  NETWORK_INPUT,
  recipeSchema,
  type Geometry,
  type ImageGeometry,
  type PatchGeometry,
  type Recipe,
  type RecipeInput,
} from './schema.ts';
export { sha256Hex } from './sha256.ts';
