import type { Prisma, PrismaClient } from '@plumbline/prisma';
import { cropSide, defectKinds, planImage, readTexture, renderImage, textures, type PlannedImage, type Texture } from '@plumbline/samples';
import type { Storage } from '@plumbline/storage';
import sharp from 'sharp';

/** Side of an image in px: a quarter of a crop of the samples, so that one rendering gives four images and a network sees each at once. */
export const side = cropSide / 2;

/** Images that a model learns from, and those its thresholds are fitted on. */
const learned = { train: 60, validation: 32 } as const;
/** A quarter with fewer defective pixels, but some, is neither good nor plainly defective, and is left out. */
const leastDefective = 24;
const rowsAtOnce = 500;

/** One image before it is stored. */
interface Quarter {
  readonly texture: Texture;
  readonly split: PlannedImage['split'];
  readonly label: string;
  readonly name: string;
  readonly pixels: Uint8Array;
  /** 255 where the defect is; null for a good image. */
  readonly mask: Uint8Array | null;
}

/** The quarters of crops of one split, every second crop with a defect of each kind in turn where there are any, until there are so many. */
function* quarters(
  split: PlannedImage['split'],
  count: number,
  withDefects: boolean,
  photographs: ReadonlyMap<Texture, Awaited<ReturnType<typeof readTexture>>>,
): Generator<Quarter> {
  let made = 0;
  for (let number = 0; made < count; number++) {
    const texture = textures[number % textures.length]!;
    const kind = withDefects && number % 2 === 1 ? defectKinds[Math.floor(number / 2) % defectKinds.length]! : 'good';
    const { image, mask } = renderImage(photographs.get(texture)!, planImage(texture, split, kind, number));
    for (const [corner, left, top] of [
      ['a', 0, 0],
      ['b', side, 0],
      ['c', 0, side],
      ['d', side, side],
    ] as const) {
      const cut = (of: ArrayLike<number>, scale: number): Uint8Array =>
        Uint8Array.from({ length: side * side }, (_, at) => {
          const value = of[(top + Math.floor(at / side)) * cropSide + left + (at % side)]! * scale;
          return Math.min(255, Math.max(0, Math.round(value)));
        });
      const inside = mask && cut(mask, 255);
      const pixels = inside?.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) ?? 0;
      if (pixels > 0 && pixels < leastDefective) continue;
      if (made === count) return;
      made++;
      const name = `${texture}-${String(number).padStart(5, '0')}${corner}.png`;
      yield { texture, split, label: pixels > 0 ? kind : 'good', name, pixels: cut(image.data, 1), mask: pixels > 0 ? inside : null };
    }
  }
}

const png = (values: Uint8Array): Promise<Buffer> =>
  sharp(values, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();

async function store(
  storage: Storage,
  datasetId: string,
  { split, label, name, pixels, mask }: Quarter,
): Promise<Prisma.ImageCreateManyInput> {
  const picture = await png(pixels);
  const thumbnail = await sharp(picture).toColourspace('srgb').webp({ quality: 82, effort: 1 }).toBuffer();
  const [stored, small, outlined] = await Promise.all([
    storage.put(picture),
    storage.put(thumbnail),
    mask ? png(mask).then((bytes) => storage.put(bytes)) : null,
  ]);
  return {
    ...{ datasetId, split, label, name },
    ...{ sha256: stored.sha256, bytes: stored.bytes, thumbnailSha256: small.sha256, maskSha256: outlined?.sha256 ?? null },
    ...{ width: side, height: side, channels: 1, bitDepth: 8, format: 'png' },
  };
}

/**
 * Renders `test` test images and what a small model needs to learn from, puts them into storage and writes their rows, as an import does.
 * @param onDone told how many are there
 */
export async function storeImages(
  prisma: PrismaClient,
  storage: Storage,
  datasetId: string,
  test: number,
  onDone: (done: number) => void,
): Promise<void> {
  const photographs = new Map(await Promise.all(textures.map(async (texture) => [texture, await readTexture(texture)] as const)));
  const all = function* () {
    yield* quarters('train', learned.train, false, photographs);
    yield* quarters('validation', learned.validation, false, photographs);
    yield* quarters('test', test, true, photographs);
  };
  let waiting: Promise<Prisma.ImageCreateManyInput>[] = [];
  let done = 0;
  const write = async (): Promise<void> => {
    await prisma.image.createMany({ data: await Promise.all(waiting) });
    done += waiting.length;
    waiting = [];
    onDone(done);
  };
  for (const quarter of all()) {
    waiting.push(store(storage, datasetId, quarter));
    // Rendering keeps the event loop busy; encoding and storage run beside it, a few at a time.
    if (waiting.length % 16 === 0) await Promise.all(waiting);
    if (waiting.length === rowsAtOnce) await write();
  }
  if (waiting.length > 0) await write();
}
