import { resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import { attempt, changesBetween, decodeChanges, encodeChanges, setsOf } from '../../recipes/recipe-document.ts';
import { baseName } from '../../recipes/recipe-source.ts';
import { changedQuery } from '../../../lib/query-state.ts';

/** A recipe of the catalogue with changes, and the name that its variant is to have. */
export interface RecipeVariant {
  readonly kind: 'recipe';
  readonly base: string;
  /** As `encodeChanges` writes them. */
  readonly changes: string;
  readonly name: string;
}

/** A variant of a plan: one that the project has, or a recipe. */
export type PlanVariant = { readonly kind: 'known'; readonly id: string } | RecipeVariant;

/** The full recipe of a variant; null where its changes do not fit. */
export const resolved = ({ base, changes }: RecipeVariant): Recipe | null => attempt(base, setsOf(decodeChanges(changes))).document;

/** A variant that begins with the recipe of another, to be changed. A recipe that the catalogue no longer has is begun from `ae`. */
export function changedFrom({
  name,
  recipe,
}: {
  readonly name: string;
  readonly recipe: { readonly name: string; readonly document: unknown };
}): RecipeVariant {
  const base = baseName(recipe);
  const changes = encodeChanges(changesBetween(resolveRecipe(base), recipe.document));
  return { kind: 'recipe', base, changes, name: `${name} changed`.slice(0, 80) };
}

/** Variants as one query parameter, and back; parts that cannot be read are left out. */
export function encodeVariants(variants: readonly PlanVariant[]): string {
  if (variants.length === 0) return '';
  return JSON.stringify(variants.map((one) => (one.kind === 'known' ? one.id : [one.base, one.changes, one.name])));
}

export function decodeVariants(text: string | null): PlanVariant[] {
  let parts: unknown;
  try {
    parts = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown): PlanVariant[] => {
    if (typeof part === 'string') return [{ kind: 'known', id: part }];
    if (!Array.isArray(part) || part.length !== 3 || part.some((one) => typeof one !== 'string')) return [];
    const [base, changes, name] = part as [string, string, string];
    return [{ kind: 'recipe', base, changes, name }];
  });
}

export const largestSeed = 2 ** 31 - 1;
export const mostSeeds = 100;

/** "1-3, 7" as [1, 2, 3, 7], or what is wrong with it. */
export function parseSeeds(text: string): { readonly seeds: readonly number[]; readonly problem: string | null } {
  const fail = (problem: string) => ({ seeds: [], problem });
  const seeds = new Set<number>();
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  if (parts.length === 0) return fail('Give at least one seed, such as 1-3.');
  for (const part of parts) {
    const match = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(part);
    if (!match) return fail(`${part} is no seed; write whole numbers and ranges, such as 1-3, 7.`);
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (from > to) return fail(`${part} runs backwards; write ${to}-${from}.`);
    if (to > largestSeed) return fail(`${to} is too large; seeds go up to ${largestSeed}.`);
    if (to - from >= mostSeeds || seeds.size + (to - from) >= mostSeeds)
      return fail(`More than ${mostSeeds} seeds; split them into several experiments.`);
    for (let seed = from; seed <= to; seed += 1) seeds.add(seed);
  }
  return { seeds: [...seeds], problem: null };
}

/** [1, 2, 3, 7] as "1-3, 7". */
export function seedWords(seeds: readonly number[]): string {
  const sorted = [...new Set(seeds)].sort((a, b) => a - b);
  const ranges: { from: number; to: number }[] = [];
  for (const seed of sorted) {
    const last = ranges.at(-1);
    if (last && last.to === seed - 1) last.to = seed;
    else ranges.push({ from: seed, to: seed });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

interface ClonedRun {
  readonly kind: string;
  readonly variant: { readonly id: string };
  readonly datasetVersion: { readonly dataset: { readonly id: string } };
}

/** The query of the new-experiment page with the plan that an experiment had. */
export function cloneQuery(experiment: { readonly name: string; readonly seeds: readonly number[] }, runs: readonly ClonedRun[]): string {
  const cells = runs.filter(({ kind }) => kind === 'reconstruction');
  const distinct = (of: (run: ClonedRun) => string) => [...new Set(cells.map(of))];
  return changedQuery('', {
    name: `${experiment.name}, again`.slice(0, 80),
    variants: encodeVariants(distinct((run) => run.variant.id).map((id) => ({ kind: 'known', id }))),
    datasets: distinct((run) => run.datasetVersion.dataset.id).join(','),
    seeds: seedWords(experiment.seeds),
  });
}

/** The input of an estimate: what the plan consists of. */
export function planInput(
  projectId: string,
  {
    variants,
    datasetIds,
    seeds,
  }: { readonly variants: readonly PlanVariant[]; readonly datasetIds: readonly string[]; readonly seeds: readonly number[] },
) {
  return {
    projectId,
    datasetIds: [...datasetIds],
    seeds: [...seeds],
    variants: variants.map((one) =>
      one.kind === 'known'
        ? { variantId: one.id }
        : { recipe: { base: one.base, sets: setsOf(decodeChanges(one.changes)) }, name: one.name.trim() },
    ),
  };
}

/** "ae, stn-frozen and 2 more on brick", at most 80 characters. */
export function suggestedName(variants: readonly string[], datasets: readonly string[]): string {
  const short = (names: readonly string[]) => [...names.slice(0, 2), ...(names.length > 2 ? [`${names.length - 2} more`] : [])].join(', ');
  if (variants.length === 0) return '';
  return `${short(variants)}${datasets.length > 0 ? ` on ${short(datasets)}` : ''}`.slice(0, 80).trim();
}
