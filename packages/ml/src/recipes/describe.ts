import { z } from 'zod';
import { factsOf, type FieldFacts } from './recipe-fields.ts';
import { recipeSchema } from './schema.ts';

/** One option of a recipe, as data for a form, a manual or an error message. */
export interface RecipeField extends FieldFacts {
  /** Dotted path, as in `--set`. */
  readonly path: string;
  /** First part of the path: 'geometry', 'training', … or 'recipe' for options at the top. */
  readonly section: string;
  readonly title: string;
  readonly help: string;
  readonly unit: string | null;
  readonly type: 'number' | 'integer' | 'boolean' | 'choice' | 'text';
  readonly choices: readonly (string | number)[] | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly nullable: boolean;
  readonly default: unknown;
  /** The option exists only in this form of its object, e.g. {option: 'geometry.kind', value: 'patch'}. */
  readonly when: { readonly option: string; readonly value: string } | null;
}

interface Node {
  title?: string;
  description?: string;
  unit?: string;
  type?: string | string[];
  const?: string | number;
  enum?: (string | number)[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  properties?: Record<string, Node>;
  anyOf?: Node[];
  oneOf?: Node[];
}

/** Every option of a recipe in the order of the schema, those of both geometries included. */
export function describeRecipe(): readonly RecipeField[] {
  fields ??= collect(z.toJSONSchema(recipeSchema, { io: 'input', unrepresentable: 'any' }) as Node, [], null);
  return fields;
}
let fields: readonly RecipeField[] | undefined;

function collect(node: Node, path: readonly string[], when: RecipeField['when']): RecipeField[] {
  const forms = node.oneOf ?? node.anyOf ?? [];
  if (forms.some((form) => form.properties)) return collectForms(forms, path, node.default, when);
  if (node.properties) return Object.entries(node.properties).flatMap(([key, child]) => collect(child, [...path, key], when));
  return [field(node, path, when)];
}

/** A union of objects: the key that tells them apart becomes one choice, the rest belongs to its form. */
function collectForms(forms: readonly Node[], path: readonly string[], fallback: unknown, when: RecipeField['when']): RecipeField[] {
  const first = Object.entries(forms[0]?.properties ?? {}).find(([, child]) => child.const !== undefined);
  const key = first?.[0] ?? 'kind';
  const option = [...path, key].join('.');
  const choices = forms.map((form) => form.properties?.[key]?.const ?? '');
  const chosen = (fallback as Record<string, unknown> | undefined)?.[key] ?? choices[0];
  const chooser = field(
    { title: 'Form', description: `Which form ${path.join('.')} has`, enum: choices, default: chosen },
    [...path, key],
    when,
  );
  const rest = forms.flatMap((form, i) =>
    Object.entries(form.properties ?? {})
      .filter(([name]) => name !== key)
      .flatMap(([name, child]) => collect(child, [...path, name], { option, value: String(choices[i]) })),
  );
  return [chooser, ...rest];
}

function field(node: Node, path: readonly string[], when: RecipeField['when']): RecipeField {
  const variants = node.anyOf ?? [];
  const base = variants.find((variant) => variant.type !== 'null') ?? node;
  const constants = variants.flatMap((variant) => (variant.const === undefined ? [] : [variant.const]));
  const choices = base.enum ?? (constants.length > 0 ? constants : base.const === undefined ? null : [base.const]);
  return {
    path: path.join('.'),
    section: path.length > 1 ? (path[0] ?? 'recipe') : 'recipe',
    title: node.title ?? base.title ?? path.at(-1) ?? '',
    help: node.description ?? base.description ?? '',
    unit: node.unit ?? base.unit ?? null,
    type: choices ? 'choice' : typeOf(base.type),
    choices,
    minimum: bound(base.minimum),
    maximum: bound(base.maximum),
    nullable: variants.some((variant) => variant.type === 'null'),
    default: node.default ?? null,
    when,
    ...factsOf(path.join('.'), when?.value ?? null),
  };
}

/** JSON Schema writes the largest safe integer where a whole number has no bound. */
const bound = (value: number | undefined): number | null =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;

function typeOf(type: Node['type']): RecipeField['type'] {
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'text';
}
