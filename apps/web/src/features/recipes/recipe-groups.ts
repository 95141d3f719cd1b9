import { RECIPE_GROUPS, type RecipeField, type RecipeGroup } from '@plumbline/ml/recipes';
import { fieldsOf } from './recipe-document.ts';

/** The groups in which a form asks for a recipe's options, in words. */
const groupNames: Readonly<Record<RecipeGroup, string>> = {
  geometry: 'Geometry',
  augmentation: 'Augmentation',
  model: 'Model',
  loss: 'Loss',
  normalisation: 'Normalisation',
  training: 'Training',
  residual: 'Residual',
};

export const groupName = (group: RecipeGroup): string => groupNames[group];

export interface OptionGroup {
  readonly group: RecipeGroup;
  readonly fields: readonly RecipeField[];
}

/** The options that a document has, by group. An option with a single choice is none, and the name is asked for elsewhere. */
export function optionGroups(document: unknown): readonly OptionGroup[] {
  const fields = fieldsOf(document).filter(({ path, choices }) => path !== 'name' && (choices === null || choices.length > 1));
  return RECIPE_GROUPS.map((group) => ({ group, fields: fields.filter((field) => field.group === group) }));
}

/** "Section 7 · usually 64–90 px · at least 16": what stands under an option besides its help; '' for nothing. */
export function optionNotes({ paper, sensible, minimum, maximum, unit }: RecipeField): string {
  const measured = (text: string): string => (unit === null ? text : unit === '°' ? `${text}°` : `${text} ${unit}`);
  const allowed =
    minimum !== null && maximum !== null
      ? `allowed ${minimum}–${maximum}`
      : minimum !== null
        ? `at least ${minimum}`
        : maximum !== null
          ? `at most ${maximum}`
          : null;
  const usual = sensible && measured(`usually ${sensible[0]}–${sensible[1]}`);
  return [paper && `Paper: ${paper}`, usual, allowed].filter(Boolean).join(' · ');
}
