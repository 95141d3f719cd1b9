import { describeRecipe, RecipeError, resolveRecipe, type Recipe, type RecipeField } from '@plumbline/ml/recipes';

/** Reading a recipe as plain JSON, by the dotted paths of its options ("training.epochs"). */

export function valueAt(document: unknown, path: string): unknown {
  let value: unknown = document;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** An option's value as text for a form; null and missing are ''. */
export function valueText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** "training.epochs=20" for each changed option; an emptied option that may be null becomes null. */
export function setsOf(changes: Readonly<Record<string, string>>): string[] {
  return Object.entries(changes).map(([path, value]) => `${path}=${value.trim() === '' ? 'null' : value.trim()}`);
}

/** Changes as one query parameter, and back. Paths and values hold neither ';' nor '='. */
export function encodeChanges(changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes)
    .map(([path, value]) => `${path}=${value}`)
    .join(';');
}

export function decodeChanges(text: string | null): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const part of (text ?? '').split(';')) {
    const at = part.indexOf('=');
    const path = part.slice(0, at);
    if (at > 0 && /^[a-zA-Z][\w.]*$/.test(path)) changes[path] = part.slice(at + 1);
  }
  return changes;
}

/** The message for a field: exactly its path, or one that lies under it. */
export function issueFor(issues: readonly { path: string; message: string }[], path: string): string | null {
  return issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))?.message ?? null;
}

/**
 * A variant's name from what was changed ("sample/ae latent 64 epochs 30"), since another recipe needs another name; at most 80 characters.
 */
export function suggestedVariant(base: string, changes: Readonly<Record<string, string>>): string {
  const words = Object.entries(changes).map(([path, value]) => {
    const option = path.split('.').at(-1) ?? '';
    // A form names itself: "multi-start" says more than "kind multi-start".
    return option === 'kind' || option === 'by' ? value : `${option} ${value.trim() || 'auto'}`;
  });
  return [base, ...words].join(' ').slice(0, 80).trim();
}

/** The options that a full recipe has: those of the forms it does not take are not among them. */
export function fieldsOf(document: unknown): RecipeField[] {
  return describeRecipe().filter(
    ({ path, when }) => valueAt(document, path) !== undefined && (!when || valueAt(document, when.option) === when.value),
  );
}

/** The changes that lead from one full recipe to another, in the order in which they can be applied. */
export function changesBetween(from: unknown, to: unknown): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const { path } of fieldsOf(to)) {
    const [before, after] = [valueAt(from, path), valueAt(to, path)];
    if (path !== 'name' && before !== after) changes[path] = valueText(after);
  }
  return changes;
}

/** The changes after one more: choosing another form of a group lets go of what was changed in the form before. */
export function withChange(changes: Readonly<Record<string, string>>, base: unknown, path: string, value: string): Record<string, string> {
  const group = `${path.slice(0, path.lastIndexOf('.'))}.`;
  const chooses = describeRecipe().some(({ when }) => when?.option === path);
  const kept = Object.entries(changes).filter(([other]) => other !== path && !(chooses && other.startsWith(group)));
  const next: Record<string, string> = {};
  const changed = value !== valueText(valueAt(base, path));
  // A group's form is chosen before its options are set.
  if (changed && chooses) next[path] = value;
  Object.assign(next, Object.fromEntries(kept));
  if (changed && !chooses) next[path] = value;
  return next;
}

export interface RecipeProblem {
  /** Dotted path of the option; null when it is the recipe as a whole. */
  readonly path: string | null;
  readonly message: string;
}

export type Attempt =
  { readonly document: Recipe; readonly problems: readonly [] } | { readonly document: null; readonly problems: readonly RecipeProblem[] };

/** A recipe of the catalogue after settings, or everything that is wrong with it, by the schema that trainings use. */
export function attempt(base: string, sets: readonly string[]): Attempt {
  try {
    return { document: resolveRecipe(base, sets), problems: [] };
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    const problems =
      error.issues.length === 0
        ? [{ path: null, message: error.message }]
        : error.issues.map(({ option, message }) => ({ path: option, message }));
    return { document: null, problems };
  }
}

/** Everything that is wrong with a recipe of the catalogue after the changes; empty when it can be trained. */
export const problemsOf = (base: string, changes: Readonly<Record<string, string>>): readonly RecipeProblem[] =>
  attempt(base, setsOf(changes)).problems;

/** The changes that nothing is wrong with. */
export function soundChanges(changes: Readonly<Record<string, string>>, problems: readonly RecipeProblem[]): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).filter(([path]) => !problems.some((problem) => problem.path === path)));
}
