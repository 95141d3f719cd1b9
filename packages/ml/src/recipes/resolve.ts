import type { z } from 'zod';
import { CATALOGUE } from './catalogue.ts';
import { describeRecipe } from './describe.ts';
import { RecipeError, type RecipeIssue } from './errors.ts';
import { merged, parseSetting, withSetting } from './override.ts';
import { recipeSchema, type Recipe } from './schema.ts';

/**
 * The full recipe with every default filled in.
 * @param source a catalogue name, or a (partial) recipe object such as a parsed JSON file
 * @param sets `a.b=c` settings, applied in order on top
 * @throws RecipeError with one sentence that names the recipe or option and the remedy
 */
export function resolveRecipe(source: string | object, sets: readonly string[] = []): Recipe {
  let settings = baseSettings(source);
  for (const set of sets) {
    const { path, value } = parseSetting(set);
    settings = withSetting(settings, path, value);
  }
  const parsed = recipeSchema.safeParse(settings);
  if (!parsed.success) throw problem(parsed.error, settings);
  return parsed.data;
}

function baseSettings(source: string | object): { [key: string]: unknown } {
  if (typeof source !== 'string') {
    if (Array.isArray(source))
      throw new RecipeError('A recipe is a JSON object with options such as {"training": {"epochs": 5}}, not a list.');
    return merged(recipeSchema.parse({}), source as { [key: string]: unknown });
  }
  const named = CATALOGUE.find((entry) => entry.name === source);
  if (!named)
    throw new RecipeError(
      `There is no recipe named ${source}; use one of ${CATALOGUE.map((entry) => entry.name).join(', ')} or a JSON file.`,
    );
  return merged({ ...recipeSchema.parse({}), name: named.name }, named.settings as { [key: string]: unknown });
}

function problem(error: z.ZodError, settings: object): RecipeError {
  const [first, ...others] = error.issues.map((issue) => described(issue, settings));
  return first ? new RecipeError(first.message, first.option, others) : new RecipeError('The recipe cannot be used.');
}

function described(issue: z.core.$ZodIssue, settings: object): RecipeIssue {
  if (issue.code === 'unrecognized_keys') {
    const option = [...issue.path, issue.keys[0] ?? ''].join('.');
    const near = closest(option);
    return {
      option,
      message: `${option} is not an option of a recipe${near ? `; did you mean ${near}?` : '; `plumbline recipe ae` lists them.'}`,
    };
  }
  const option = issue.path.join('.') || 'recipe';
  const given = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], settings);
  return {
    option,
    message: `${option}${given === undefined ? '' : ` is ${JSON.stringify(given)}, but`} ${expectation(option, issue.message)}.`,
  };
}

/** What is allowed there, from the schema's own data where the option is a plain one. */
function expectation(option: string, message: string): string {
  if (message.startsWith('must ')) return message;
  const field = describeRecipe().find((entry) => entry.path === option);
  if (!field)
    return option === 'recipe'
      ? `is not usable (${message})`
      : `must be a group of options, such as ${describeRecipe().find((entry) => entry.path.startsWith(`${option}.`))?.path ?? 'training.epochs'}`;
  if (field.choices) return `must be one of ${field.choices.join(', ')}${field.nullable ? ' or null' : ''}`;
  const kinds = { number: 'a number', integer: 'a whole number', boolean: 'true or false', text: 'text', choice: 'one of its choices' };
  const range = [field.minimum === null ? '' : `from ${field.minimum}`, field.maximum === null ? '' : `up to ${field.maximum}`]
    .filter(Boolean)
    .join(' ');
  return `must be ${kinds[field.type]}${range ? ` ${range}` : ''}${field.nullable ? ' or null' : ''}`;
}

function closest(option: string): string | null {
  const candidates = describeRecipe().map((field) => ({ path: field.path, distance: editDistance(option, field.path) }));
  const best = candidates.sort((a, b) => a.distance - b.distance)[0];
  if (best && best.distance <= 3) return best.path;
  const leaf = option.split('.').at(-1);
  return candidates.find((candidate) => candidate.path.split('.').at(-1) === leaf)?.path ?? null;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swap));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
