import { decodeImage } from '@plumbline/ml/images';
import { centrePatch, DIFFERENCE_RANGE, differenceHistogram, differencePicture } from '@plumbline/ml/preview';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { roundTrip, type Sampler } from '@plumbline/ml/transformer';
import type { ClassSource } from '../sources.ts';
import type { NamedFigures } from './curves.ts';
import { figures, heading, paragraph, pictures, tableOf, type Html, type Picture, type Section } from './html.ts';
import { pictureUri } from './pictures.ts';
import { NONE_USABLE, usableGood } from './usable.ts';

const SAMPLERS: readonly Sampler[] = ['legacy', 'nearest', 'bilinear'];
const ANGLES = [0, 45] as const;

/** Fig. 4: what turning a patch and turning it back costs, by sampler, for the first usable good test image of each class. */
export async function samplerSection(
  sources: readonly Pick<ClassSource, 'name' | 'dataset'>[],
): Promise<{ section: Section; drawn: NamedFigures }> {
  const drawn: Record<string, string> = {};
  const parts: Html[] = [];
  for (const source of sources) {
    const part = await classPart(source);
    parts.push(part.html);
    Object.assign(drawn, part.drawn);
  }
  const lead = paragraph(
    'A patch is turned by α and back with the same sampler. Mean squared difference on the 0–255 scale, over the whole frame and where there is content alone; ' +
      `pictures show the difference: grey is 0, black −${DIFFERENCE_RANGE}, white +${DIFFERENCE_RANGE}. Its size depends on the texture, the order of the samplers does not.`,
    'soft',
  );
  return { section: { id: 'sampler', title: 'Samplers', body: [lead, ...parts].join('') }, drawn };
}

async function classPart({ name, dataset }: Pick<ClassSource, 'name' | 'dataset'>): Promise<{ html: Html; drawn: NamedFigures }> {
  const recipe = resolveRecipe('paper/ae');
  const [first] = await usableGood(dataset, 1, async (image) => centrePatch(await decodeImage(image.file), recipe, image.name));
  if (!first) return { html: heading(name) + paragraph(NONE_USABLE, 'soft'), drawn: {} };
  const { input, content, steps } = first.made;
  const cases = ANGLES.flatMap((degrees) =>
    SAMPLERS.map((sampler) => ({ degrees, sampler, trip: roundTrip(sampler, input, (degrees * Math.PI) / 180, content) })),
  );
  const shown: Picture[] = [{ uri: await pictureUri(input), caption: first.image.id.replace('test/', '') }];
  for (const { degrees, sampler, trip } of cases)
    shown.push({ uri: await pictureUri(differencePicture(trip)), caption: `${sampler}, ${degrees}°: ${trip.mse.toFixed(1)}` });
  const drawn = Object.fromEntries(
    cases
      .filter(({ trip }) => trip.mse > 0)
      .map(({ degrees, sampler, trip }) => [
        `sampler-${name}-${sampler}-${degrees}`,
        differenceHistogram(trip, `${name}: ${sampler}, ${degrees}° and back`),
      ]),
  );
  const row = (sampler: Sampler) => [
    { text: sampler },
    ...cases
      .filter((one) => one.sampler === sampler)
      .flatMap(({ trip }) => [{ text: trip.mse.toFixed(2) }, { text: trip.mseInner?.toFixed(2) ?? '–' }]),
  ];
  const head = ['sampler', ...ANGLES.flatMap((degrees) => [`${degrees}°, whole`, `${degrees}°, content`])];
  return {
    html: [heading(name), paragraph(steps, 'soft'), pictures(shown), tableOf(head, SAMPLERS.map(row)), figures(Object.values(drawn))].join(
      '',
    ),
    drawn,
  };
}
