import { existsSync } from 'node:fs';
import { decodeImage } from '@plumbline/ml/images';
import { centrePatch, examineOrientation, orientationChart } from '@plumbline/ml/preview';
import { resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import { chosenAngles } from '../../chosen-angles.ts';
import type { ExperimentFolder } from '../experiment-folder.ts';
import type { Results } from '../results.ts';
import type { ClassSource } from '../sources.ts';
import type { NamedFigures } from './curves.ts';
import { figures, heading, paragraph, pictures, tableOf, type Html, type Section } from './html.ts';
import { pictureUri } from './pictures.ts';
import { NONE_USABLE, usableGood } from './usable.ts';

/** Images a class whose J(α) is shown. */
const SHOWN = 2;

/** Fig. 5 and 7 for two usable good test images of each class, and how well known turns are recovered. */
export async function orientationSection(
  folder: ExperimentFolder,
  results: Results,
  sources: readonly ClassSource[],
): Promise<{ section: Section; drawn: NamedFigures }> {
  const drawn: Record<string, string> = {};
  const parts: Html[] = [];
  for (const source of sources) {
    const part = await classPart(folder, results, source);
    parts.push(part.html);
    Object.assign(drawn, part.drawn);
  }
  const lead = paragraph(
    'J is the mean horizontal gradient over the region of interest of the patch turned by α; the localisation network learns to make it small. It repeats after 180°: orientation is defined modulo 180°.',
    'soft',
  );
  return { section: { id: 'orientation', title: 'Orientation', body: [lead, recoveryTable(results), ...parts].join('') }, drawn };
}

const RECOVERED_BY = { network: 'localisation network', search: 'exhaustive search', chance: 'always one angle (chance)' } as const;

function recoveryTable({ runs }: Results): Html {
  const rows = runs.flatMap(({ class: name, seed, recovery }) =>
    recovery
      ? (['network', 'search', 'chance'] as const).map((who) => {
          const { medianDegrees, percentile90Degrees, missedShare, pairs } = recovery[who];
          const numbers = [medianDegrees.toFixed(1), percentile90Degrees.toFixed(1), (100 * missedShare).toFixed(1), `${pairs}`];
          return [`${name}, seed ${seed}`, RECOVERED_BY[who], ...numbers];
        })
      : [],
  );
  if (rows.length === 0) return '';
  return [
    heading('Recovery of known turns of held-out patches'),
    tableOf(
      ['class', 'by', 'median error (°)', '90th percentile (°)', 'beyond 15° (%)', 'pairs'],
      rows.map((row) => row.map((text) => ({ text }))),
    ),
  ].join('');
}

async function classPart(
  folder: ExperimentFolder,
  results: Results,
  { name, dataset }: ClassSource,
): Promise<{ html: Html; drawn: NamedFigures }> {
  const run = folder.at('orientation', name, `seed-${results.seeds[0] ?? 1}`);
  const trained = results.runs.find(({ id }) => folder.at(id) === run && existsSync(run));
  const recipe = recipeOf(folder, results, name);
  const patches = await usableGood(dataset, SHOWN, async (image) => centrePatch(await decodeImage(image.file), recipe, image.name).input);
  if (patches.length === 0) return { html: heading(name) + paragraph(NONE_USABLE, 'soft'), drawn: {} };
  const chosen = trained
    ? await chosenAngles(
        run,
        patches.map(({ made }) => made),
      )
    : [];
  const drawn: Record<string, string> = {};
  const rows: Html[] = [];
  for (const [i, { image, made: input }] of patches.entries()) {
    const angle = chosen[i];
    const examined = examineOrientation(input, recipe, angle);
    const choices = { ...(angle === undefined ? {} : { network: angle }), search: examined.search };
    drawn[`orientation-${name}-${i + 1}`] = orientationChart(examined.curve, choices, `J(α) of ${name}, ${image.id.replace('test/', '')}`);
    const { input: seen, normalised, gradient, mask } = examined.pictures;
    const captions = ['input', `turned by ${angle === undefined ? 'search' : 'the network'}`, '|G_x| there', 'where J is taken'];
    const uris = await Promise.all([seen, normalised, gradient, mask].map(pictureUri));
    rows.push(pictures(uris.map((uri, k) => ({ uri, caption: captions[k] ?? '' }))));
  }
  return { html: [heading(name), figures(Object.values(drawn)), ...rows].join(''), drawn };
}

/** The class's own recipe, whose geometry and mask count. */
function recipeOf(folder: ExperimentFolder, { recipes, regimes }: Results, name: string): Recipe {
  const key = recipes[`${name}/orientation`] === undefined ? `${name}/${regimes[0]}` : `${name}/orientation`;
  return resolveRecipe(folder.readRecipe(key));
}
