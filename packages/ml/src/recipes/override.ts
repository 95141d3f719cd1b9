import { RecipeError } from './errors.ts';

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Keys that choose the form of their object: setting one drops what belonged to the other form. */
const FORM_KEYS = new Set(['kind', 'by']);

/** `a.b=c` as path and value: null, true, false and numbers are read as such, everything else is text. Throws RecipeError. */
export function parseSetting(setting: string): { path: string[]; value: unknown } {
  const equals = setting.indexOf('=');
  const path = setting.slice(0, Math.max(equals, 0)).trim().split('.');
  if (equals < 1 || path.some((key) => !/^[A-Za-z][A-Za-z0-9]*$/.test(key))) {
    throw new RecipeError(`--set ${setting}: write it as option=value, for example --set training.epochs=5.`);
  }
  return { path, value: parseValue(setting.slice(equals + 1).trim()) };
}

function parseValue(text: string): unknown {
  if (text === 'null') return null;
  if (text === 'true') return true;
  if (text === 'false') return false;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

/** A copy of `tree` with the value at `path` replaced; objects on the way are made. */
export function withSetting(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [key, ...rest] = path;
  if (key === undefined) return tree;
  if (rest.length > 0) {
    const below = tree[key];
    return { ...tree, [key]: withSetting(isTree(below) ? below : {}, rest, value) };
  }
  return FORM_KEYS.has(key) && tree[key] !== value ? { [key]: value } : { ...tree, [key]: value };
}

/** `over` laid on `base`, object by object; an object of another form replaces the one below it. */
export function merged(base: Tree, over: Tree): Tree {
  const changesForm = [...FORM_KEYS].some((key) => key in over && over[key] !== base[key]);
  const result: Tree = changesForm ? {} : { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isTree(value) && isTree(below) ? merged(below, value) : value;
  }
  return result;
}
