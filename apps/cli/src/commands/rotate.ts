import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { file, number, oneOf, outFolder, recipeFrom } from '../options.ts';
import { print, printJson, shown, table } from '../output.ts';

interface Options {
  readonly image: string;
  readonly angle: string;
  readonly sampler: string;
  readonly recipe: string;
  readonly out: string;
  readonly json?: boolean;
}

/** plumbline rotate: what turning a picture and turning it back costs (Fig. 4). */
export function rotateCommand(): Command {
  return new Command('rotate')
    .description("turns the patch in the middle of an image, and back again: what a sampler takes away (the paper's Fig. 4)")
    .requiredOption('--image <file>', 'photograph')
    .requiredOption('--angle <degrees>', 'α in degrees')
    .requiredOption('--out <dir>', 'folder for the pictures')
    .option('--sampler <name>', 'bilinear, legacy or nearest', 'bilinear')
    .option('--recipe <name|file>', 'recipe whose geometry cuts the patch', 'paper/ae')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      const sampler = oneOf('--sampler', options.sampler, ['bilinear', 'legacy', 'nearest']);
      const degrees = number('--angle', options.angle);
      const recipe = recipeFrom(options.recipe, []);
      const path = file('--image', options.image);
      const out = outFolder('--out', options.out);
      // Loaded when it is needed: a typing mistake is answered at once.
      const { decodeImage, encodePng8 } = await import('@plumbline/ml/images');
      const { roundTrip } = await import('@plumbline/ml/transformer');
      const { centrePatch, DIFFERENCE_RANGE, differenceHistogram, differencePicture } = await import('@plumbline/ml/preview');
      const { input, content, steps } = centrePatch(await decodeImage(path), recipe, basename(path));
      const trip = roundTrip(sampler, input, (degrees * Math.PI) / 180, content);
      await mkdir(out, { recursive: true });
      const pictures = {
        'input.png': input,
        'forward.png': trip.forward,
        'back.png': trip.back,
        'difference.png': differencePicture(trip),
      };
      for (const [name, picture] of Object.entries(pictures)) await writeFile(join(out, name), await encodePng8(picture));
      await writeFile(join(out, 'histogram.svg'), differenceHistogram(trip, `${sampler}, ${degrees}° and back`));
      const document = {
        image: path,
        angleDegrees: degrees,
        sampler,
        recipe: recipe.name,
        patch: steps,
        mse: trip.mse,
        mseInner: trip.mseInner,
        content,
      };
      if (options.json) return printJson(document);
      print(
        ...table([
          ['image', steps],
          ['turned by', `${degrees}° and back, ${sampler}`],
          [
            'MSE',
            `${shown(trip.mse, 2)} whole frame, ${shown(trip.mseInner, 2)} where there is content alone (pixels ${content.join('–')}); 0–255 scale`,
          ],
          ['written to', `${out} (difference.png: grey is 0, black −${DIFFERENCE_RANGE}, white +${DIFFERENCE_RANGE})`],
        ]),
      );
    });
}
