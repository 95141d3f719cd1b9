import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { CATALOGUE, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import { UsageError } from './failure.ts';

/**
 * Lets a command miss its required options only after it has looked for unknown ones, so that a misspelt `--dta` is answered by
 * "did you mean --data?" and not by "--data is missing" (Commander looks the other way round).
 */
export function unknownBeforeMissing(command: Command): Command {
  const required = command.options.filter((option) => option.mandatory);
  for (const option of required) option.mandatory = false;
  return command.hook('preAction', () => {
    for (const option of required)
      if (command.getOptionValue(option.attributeName()) === undefined)
        command.error(`error: required option '${option.flags}' not specified`);
  });
}

/** A whole number from `minimum`, from an option's text. */
export function wholeNumber(option: string, text: string, minimum: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < minimum)
    throw new UsageError(`${option} is ${text}; give a whole number from ${minimum}.`);
  return value;
}

/** A number, from an option's text. */
export function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${option} is ${text}; give a number such as 45.`);
  return value;
}

/** One of a few words, from an option's text. */
export function oneOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${option} is ${text}; give one of ${choices.join(', ')}.`);
  return found;
}

/** An existing folder, as an absolute path. */
export function folder(option: string, path: string): string {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new UsageError(`${option} ${path}: there is no such folder (looked for ${absolute}).`);
  if (!statSync(absolute).isDirectory()) throw new UsageError(`${option} ${path} is a file; give a folder.`);
  return absolute;
}

/** A folder to write into, which need not exist yet, as an absolute path. */
export function outFolder(option: string, path: string): string {
  const absolute = resolve(path);
  let there = absolute;
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there);
  if (statSync(there).isDirectory()) return absolute;
  throw new UsageError(`${option} ${path}${there === absolute ? ' is a file' : ` lies below ${there}, which is a file`}; give a folder.`);
}

/** An existing file, as an absolute path. */
export function file(option: string, path: string): string {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new UsageError(`${option} ${path}: there is no such file (looked for ${absolute}).`);
  if (!statSync(absolute).isFile()) throw new UsageError(`${option} ${path} is a folder; give a file.`);
  return absolute;
}

/** A recipe by its catalogue name, or from a JSON file, with settings on top. */
export function recipeFrom(nameOrFile: string, sets: readonly string[]): Recipe {
  if (CATALOGUE.some((entry) => entry.name === nameOrFile)) return resolveRecipe(nameOrFile, sets);
  const path = resolve(nameOrFile);
  if (!existsSync(path) || !statSync(path).isFile()) {
    if (nameOrFile.endsWith('.json')) throw new UsageError(`${nameOrFile}: there is no such recipe file (looked for ${path}).`);
    return resolveRecipe(nameOrFile, sets);
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${nameOrFile} is not JSON (${(error as Error).message}); a recipe file is an object such as {"training": {"epochs": 5}}.`,
    );
  }
  if (content === null || typeof content !== 'object')
    throw new UsageError(`${nameOrFile} is not a recipe; it must hold an object such as {"training": {"epochs": 5}}.`);
  return resolveRecipe(content, sets);
}
