import { Readable } from 'node:stream';
import type { Prisma, PrismaClient } from '@plumbline/prisma';
import { cropSide, defectKinds, planImage, readTexture, renderImage, textures, type PlannedImage } from '@plumbline/samples';
import type { Storage } from '@plumbline/storage';
import sharp from 'sharp';

/** Side of an image in px: a whole crop of the samples, made small enough that a network sees ten thousand of them in minutes. */
export const side = 64;

/** Images that a model learns from, and those its thresholds are fitted on. */
const learned = { train: 60, validation: 30 } as const;
/** One in three test images has a defect. */
const defectiveEvery = 3;
const rowsAtOnce = 1000;

/** A plan of `test` test images, good and defective ones of every kind in turn, and of what a small model needs to learn from. */
export function planMany(test: number): PlannedImage[] {
  const textureOf = (number: number) => textures[number % textures.length]!;
  const series = (split: 'train' | 'validation', count: number): PlannedImage[] =>
    Array.from({ length: count }, (_, number) => planImage(textureOf(number), split, 'good', number));
  return [
    ...series('train', learned.train),
    ...series('validation', learned.validation),
    ...Array.from({ length: test }, (_, number) => {
      const defect = number % defectiveEvery === 0 ? defectKinds[Math.floor(number / defectiveEvery) % defectKinds.length]! : 'good';
      return planImage(textureOf(Math.floor(number / 2)), 'test', defect, number);
    }),
  ];
}

const png = (values: ArrayLike<number>): sharp.Sharp =>
  sharp(
    Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value)))),
    {
      raw: { width: cropSide, height: cropSide, channels: 1 },
    },
  );

/**
 * Renders the images of a plan, puts them into storage and writes their rows, as an import does.
 * @param onDone told how many are there
 */
export async function storeImages(
  prisma: PrismaClient,
  storage: Storage,
  datasetId: string,
  plan: readonly PlannedImage[],
  onDone: (done: number) => void,
): Promise<void> {
  const photographs = new Map(await Promise.all(textures.map(async (texture) => [texture, await readTexture(texture)] as const)));
  const store = async (planned: PlannedImage): Promise<Prisma.ImageCreateManyInput> => {
    const { image, mask } = renderImage(photographs.get(planned.texture)!, planned);
    const picture = await png(image.data).resize(side, side).png().toBuffer();
    const thumbnail = await sharp(picture).toColourspace('srgb').webp({ quality: 82, effort: 1 }).toBuffer();
    const outline =
      mask &&
      (await png(mask.map((inside) => inside * 255))
        .resize(side, side)
        .threshold(128)
        .png()
        .toBuffer());
    const [stored, small, outlined] = await Promise.all([
      storage.put(picture),
      storage.put(thumbnail),
      outline ? storage.put(outline) : null,
    ]);
    return {
      ...{ datasetId, split: planned.split, label: planned.label, name: `${planned.texture}-${planned.stem.padStart(5, '0')}.png` },
      ...{ sha256: stored.sha256, bytes: stored.bytes, thumbnailSha256: small.sha256, maskSha256: outlined?.sha256 ?? null },
      ...{ width: side, height: side, channels: 1, bitDepth: 8, format: 'png' },
    };
  };
  let rows: Prisma.ImageCreateManyInput[] = [];
  let done = 0;
  const write = async (): Promise<void> => {
    await prisma.image.createMany({ data: rows });
    rows = [];
    onDone(done);
  };
  // Rendering keeps one core busy; encoding and storage run beside it.
  for await (const row of Readable.from(plan).map(store, { concurrency: 8 }) as AsyncIterable<Prisma.ImageCreateManyInput>) {
    rows.push(row);
    done++;
    if (rows.length === rowsAtOnce) await write();
  }
  if (rows.length > 0) await write();
}
