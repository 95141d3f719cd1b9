import { stemOf } from '@plumbline/ml/datasets';
import type { Image, Split } from '@plumbline/prisma';
import { z } from 'zod';
import { InvalidInput } from '../../problems.ts';
import type { SplitLabelCount } from './loaders.ts';

export type EditedImage = Pick<Image, 'id' | 'sha256' | 'name' | 'split' | 'label' | 'maskSha256' | 'deletedAt'>;

/** How an image stands: what an edit changes and an undo brings back. */
const placeSchema = z.object({
  split: z.enum(['train', 'validation', 'test']),
  label: z.string(),
  name: z.string(),
  maskSha256: z.string().nullable(),
  deleted: z.boolean(),
});
export type ImagePlace = z.infer<typeof placeSchema>;
export const changesSchema = z.array(z.object({ imageId: z.string(), before: placeSchema, after: placeSchema }));
export type ImageEdit = z.infer<typeof changesSchema>[number];

/** What is wanted of an image; what is left out stays. */
export interface Wanted {
  readonly split?: Split | undefined;
  readonly label?: string | undefined;
  readonly deleted?: boolean | undefined;
}

export interface EditPlan {
  readonly edits: readonly ImageEdit[];
  readonly moved: number;
  readonly relabelled: number;
  readonly deleted: number;
  readonly restored: number;
  /** Masks that go, since good images have none. */
  readonly masksDropped: number;
  /** Images whose name is taken where they go, and the first of them. */
  readonly renamed: number;
  readonly renameExample: string | null;
  /** Defective images that were meant for train or validation and stay in test. */
  readonly stay: number;
  /** The dataset afterwards. */
  readonly counts: readonly SplitLabelCount[];
}

const placeOf = ({ split, label, name, maskSha256, deletedAt }: EditedImage): ImagePlace => ({
  split,
  label,
  name,
  maskSha256,
  deleted: deletedAt !== null,
});

/** Where an image comes to stand; null where defective images were wanted among those that trainings learn from. */
function target(before: ImagePlace, { split, label = before.label, deleted = before.deleted }: Wanted): ImagePlace | null {
  const good = label === 'good';
  const to = split ?? (good ? before.split : 'test');
  if (!good && to !== 'test') return null;
  return { split: to, label, name: before.name, maskSha256: good ? null : before.maskSha256, deleted };
}

const differs = (a: ImagePlace, b: ImagePlace): boolean =>
  a.split !== b.split || a.label !== b.label || a.name !== b.name || a.maskSha256 !== b.maskSha256 || a.deleted !== b.deleted;

/** A name that nobody has at the place: `a.png` → `a_train.png`, then `a_train_2.png`, … */
export function freeName(name: string, from: Split, taken: (name: string) => boolean): string {
  if (!taken(name)) return name;
  const stem = stemOf(name);
  const extension = name.slice(stem.length);
  for (let number = 1; ; number++) {
    const next = `${stem}_${from}${number === 1 ? '' : `_${number}`}${extension}`;
    if (!taken(next)) return next;
  }
}

/**
 * What an edit does to a dataset. An image whose name is taken where it goes is renamed (results are filed by split, label and name without
 * extension), and one that becomes good loses its mask.
 * @param images all of the dataset, deleted ones among them
 * @param strict refuses defective images outside test, instead of leaving them where they are
 * @throws InvalidInput
 */
export function planEdit(images: readonly EditedImage[], wanted: ReadonlyMap<string, Wanted>, strict: boolean): EditPlan {
  const targets = new Map<string, ImagePlace>();
  let stay = 0;
  for (const image of images) {
    const wish = wanted.get(image.id);
    const before = placeOf(image);
    const after = wish ? target(before, wish) : before;
    if (after === null) stay += 1;
    targets.set(image.id, after ?? before);
  }
  if (stay > 0 && strict)
    throw InvalidInput.at(
      'byHand.split',
      `${stay === 1 ? 'One of the images is' : `${stay} of the images are`} defective, and trainings learn from good images alone: label them good first, or leave them in test.`,
    );
  const moving = images.filter((image) => differs(placeOf(image), targets.get(image.id)!));
  const movingIds = new Set(moving.map(({ id }) => id));
  const key = ({ split, label }: ImagePlace, name: string) => JSON.stringify([split, label, stemOf(name)]);
  const places = new Set<string>();
  const contents = new Map<string, string>();
  for (const image of images) {
    if (image.deletedAt !== null || movingIds.has(image.id)) continue;
    places.add(key(targets.get(image.id)!, image.name));
    contents.set(image.sha256, image.name);
  }
  let renameExample: string | null = null;
  let renamed = 0;
  const edits = moving.map((image): ImageEdit => {
    const before = placeOf(image);
    let after = targets.get(image.id)!;
    if (!after.deleted) {
      const same = contents.get(image.sha256);
      if (same !== undefined)
        throw InvalidInput.at(
          'byHand.imageIds',
          `${image.name} has the same content as ${same}, which is in the dataset: leave it deleted.`,
        );
      contents.set(image.sha256, image.name);
      const name = freeName(image.name, before.split, (one) => places.has(key(after, one)));
      if (name !== image.name) {
        renamed += 1;
        renameExample ??= `${image.name} → ${name}`;
      }
      after = { ...after, name };
      places.add(key(after, name));
    }
    return { imageId: image.id, before, after };
  });
  const count = (counts: (edit: ImageEdit) => boolean): number => edits.filter(counts).length;
  return {
    edits,
    moved: count(({ before, after }) => before.split !== after.split),
    relabelled: count(({ before, after }) => before.label !== after.label),
    deleted: count(({ before, after }) => !before.deleted && after.deleted),
    restored: count(({ before, after }) => before.deleted && !after.deleted),
    masksDropped: count(({ before, after }) => before.maskSha256 !== null && after.maskSha256 === null),
    renamed,
    renameExample,
    stay,
    counts: countsOf([...targets.values()]),
  };
}

function countsOf(places: readonly ImagePlace[]): SplitLabelCount[] {
  const groups = new Map<string, { split: Split; label: string; count: number; masks: number }>();
  for (const { split, label, maskSha256, deleted } of places) {
    if (deleted) continue;
    const group = groups.get(`${split}/${label}`) ?? { split, label, count: 0, masks: 0 };
    group.count += 1;
    if (maskSha256) group.masks += 1;
    groups.set(`${split}/${label}`, group);
  }
  const order: readonly Split[] = ['train', 'validation', 'test'];
  return [...groups.values()].sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split) || (a.label < b.label ? -1 : 1));
}
