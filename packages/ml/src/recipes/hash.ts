import type { Recipe } from './schema.ts';
import { sha256Hex } from './sha256.ts';

/** JSON with sorted keys and no spaces: equal values have equal text whatever the order they were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256 (64 hex digits) of what the recipe decides. Its name is left out: two recipes that train the same model have the same hash. */
export function recipeHash(recipe: Recipe): string {
  const { name: _name, ...content } = recipe;
  return sha256Hex(canonicalJson(content));
}
