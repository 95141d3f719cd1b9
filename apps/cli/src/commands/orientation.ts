import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { file, recipeFrom } from '../options.ts';
import { print, printJson, table } from '../output.ts';

interface Options {
  readonly image: string;
  readonly recipe: string;
  readonly out: string;
  readonly json?: boolean;
}

/** plumbline orientation: J over a full turn of a picture, its minima, and the angle chosen (Fig. 7). */
export function orientationCommand(): Command {
  return new Command('orientation')
    .description(
      "J(α) of the patch in the middle of an image over a full turn, its minima, and the α that search chooses (the paper's Fig. 7)",
    )
    .requiredOption('--image <file>', 'photograph')
    .requiredOption('--out <dir>', 'folder for curve and pictures')
    .option('--recipe <name|file>', 'recipe whose geometry cuts the patch and whose mask J is taken over', 'orientation')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      const recipe = recipeFrom(options.recipe, []);
      const path = file('--image', options.image);
      const out = resolve(options.out);
      // Loaded when it is needed: a typing mistake is answered at once.
      const { decodeImage, encodePng8 } = await import('@plumbline/ml/images');
      const { centrePatch } = await import('../centre-patch.ts');
      const { inDegrees, orientationChart, orientationCsv, shownOrientation } = await import('../orientation-figures.ts');
      const { examineOrientation } = await import('../examine-orientation.ts');
      const { input, steps } = centrePatch(await decodeImage(path), recipe, basename(path));
      const { curve, search, pictures } = examineOrientation(input, recipe);
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'curve.csv'), orientationCsv(curve));
      await writeFile(join(out, 'curve.svg'), orientationChart(curve, { search }, `J(α) of ${basename(path)}`));
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
          chosen: { search: inDegrees(search) },
        });
      print(
        ...table([
          ['image', steps],
          [
            'minima',
            minima.map(({ degrees, j }) => `${degrees.toFixed(1)}° (J ${j.toFixed(4)})`).join(', ') || 'none: the patch has no gradient',
          ],
          ['chosen', `${shownOrientation(search)} by search; orientation is defined modulo 180°`],
          ['written to', out],
        ]),
      );
    });
}
