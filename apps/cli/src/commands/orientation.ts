import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PixelImage } from '@plumbline/ml/geometry';
import type { Recipe } from '@plumbline/ml/recipes';
import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import { file, folder, outFolder, recipeFrom } from '../options.ts';
import { print, printJson, table } from '../output.ts';

interface Options {
  readonly image: string;
  readonly run?: string;
  readonly recipe?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** plumbline orientation: J over a full turn of a picture, its minima, and the angle chosen (Fig. 7). */
export function orientationCommand(): Command {
  return new Command('orientation')
    .description(
      "J(α) of the patch in the middle of an image over a full turn, its minima, and the α that search and a network choose (the paper's Fig. 7)",
    )
    .requiredOption('--image <file>', 'photograph')
    .requiredOption('--out <dir>', 'folder for curve and pictures')
    .option('--run <run>', 'run whose localisation network is asked as well; its recipe counts')
    .option('--recipe <name|file>', 'recipe whose geometry cuts the patch and whose mask J is taken over (without it, orientation)')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      if (options.run !== undefined && options.recipe !== undefined)
        throw new UsageError('--recipe and --run exclude each other: a run has a recipe of its own; leave one out.');
      const run = options.run === undefined ? null : folder('--run', options.run);
      const asked = recipeFrom(options.recipe ?? 'orientation', []);
      const path = file('--image', options.image);
      const out = outFolder('--out', options.out);
      // Loaded when it is needed: a typing mistake is answered at once.
      const { decodeImage, encodePng8 } = await import('@plumbline/ml/images');
      const { centrePatch, examineOrientation, inDegrees, orientationChart, orientationCsv, shownOrientation } =
        await import('@plumbline/ml/preview');
      const recipe = run === null ? asked : await recipeOf(run);
      const { input, steps } = centrePatch(await decodeImage(path), recipe, basename(path));
      const network = run === null ? null : await askNetwork(run, input);
      const { curve, search, pictures } = examineOrientation(input, recipe, network ?? undefined);
      const chosen: Readonly<Record<string, number>> = network === null ? { search } : { network, search };
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'curve.csv'), orientationCsv(curve));
      await writeFile(join(out, 'curve.svg'), orientationChart(curve, chosen, `J(α) of ${basename(path)}`));
      for (const [name, picture] of Object.entries(pictures)) await writeFile(join(out, `${name}.png`), await encodePng8(picture));
      const minima = curve.minima.map(({ angle, value }) => ({ degrees: inDegrees(angle), j: value }));
      if (options.json)
        return printJson({
          image: path,
          recipe: recipe.name,
          mask: recipe.orientation.mask,
          patch: steps,
          modulo: 180,
          minima,
          chosen: Object.fromEntries(Object.entries(chosen).map(([who, angle]) => [who, inDegrees(angle)])),
        });
      print(
        ...table([
          ['image', steps],
          [
            'minima',
            minima.map(({ degrees, j }) => `${degrees.toFixed(1)}° (J ${j.toFixed(4)})`).join(', ') || 'none: the patch has no gradient',
          ],
          ...Object.entries(chosen).map(([who, angle]): [string, string] => [`by ${who}`, `${shownOrientation(angle)}, modulo 180°`]),
          ['written to', out],
        ]),
      );
    });
}

async function recipeOf(run: string): Promise<Recipe> {
  const { loadCheckpoint } = await import('@plumbline/ml');
  return (await loadCheckpoint(run, 'best')).manifest.recipe;
}

async function askNetwork(run: string, input: PixelImage): Promise<number> {
  const { chosenAngles } = await import('../chosen-angles.ts');
  const [angle] = await chosenAngles(run, [input]);
  return angle!;
}
