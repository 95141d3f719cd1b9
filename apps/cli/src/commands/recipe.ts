import { CATALOGUE, describeRecipe, recipeHash, type Recipe } from '@plumbline/ml/recipes';
import { Command } from 'commander';
import { recipeFrom } from '../options.ts';
import { print, printJson, table } from '../output.ts';

interface Options {
  readonly set?: string[];
  readonly json?: boolean;
}

/** plumbline recipe: the full recipe with every default filled in, and its hash. */
export function recipeCommand(): Command {
  return new Command('recipe')
    .description(`a recipe with every default filled in, and its hash (${CATALOGUE.map((entry) => entry.name).join(', ')}, or a JSON file)`)
    .argument('<name|file>', 'name in the catalogue, or JSON file')
    .option('--set <option=value...>', 'change options, e.g. --set training.epochs=5')
    .option('--json', 'print one JSON document')
    .action((source: string, options: Options) => {
      const recipe = recipeFrom(source, options.set ?? []);
      if (options.json) return printJson({ ...recipe, hash: recipeHash(recipe) });
      print(`${recipe.name}  ${recipeHash(recipe)}`, '', ...table(rows(recipe)));
    });
}

function rows(recipe: Recipe): [string, string][] {
  return describeRecipe().flatMap((field): [string, string][] => {
    if (field.when && String(valueAt(recipe, field.when.option)) !== field.when.value) return [];
    const value = String(valueAt(recipe, field.path));
    return [[field.path, `${value}${field.unit && value !== 'null' ? ` ${field.unit}` : ''}  ${field.help}`]];
  });
}

function valueAt(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], tree);
}
