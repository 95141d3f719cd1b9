import { classifyMvtecPath, isBystander, maskStemOf, type MvtecPath, stemOf } from '@plumbline/ml/datasets';
import {
  BadImageError,
  decodeImage,
  decodeMask,
  differenceHashOf,
  type ImageFacts,
  inspectImage,
  type Picture8,
} from '@plumbline/ml/images';
import { addressOf, type StorageBatch } from '@plumbline/storage';
import sharp from 'sharp';
import { BadEntryError } from './archive.ts';
import type { ToldPlace, UploadedFile } from './files.ts';

// Every picture is decoded once: what libvips would keep of it is memory and no time.
sharp.cache(false);

/** Longer side of a thumbnail in px. */
export const thumbnailSide = 256;

/** Where a file belongs; the class folder above it is null where somebody told the place and no folder did. */
export type Place = Omit<MvtecPath, 'root'> & { readonly root: string | null };

/** What one file of an upload turned out to be; bytes that are kept are in the batch that was given. */
export type Examined =
  | {
      readonly kind: 'image';
      readonly path: string;
      readonly place: Place;
      readonly sha256: string;
      readonly bytes: number;
      readonly facts: ImageFacts;
      readonly thumbnailSha256: string;
      readonly differenceHash: bigint;
    }
  | {
      readonly kind: 'mask';
      readonly path: string;
      readonly place: Place;
      readonly sha256: string;
      readonly width: number;
      readonly height: number;
    }
  /** An image of the dataset already, told by its bytes: it was not decoded. */
  | { readonly kind: 'known'; readonly path: string; readonly place: Place; readonly sha256: string }
  | { readonly kind: 'ignored' | 'refused'; readonly path: string; readonly reason: string };

const layoutHint =
  'arrange images as train/good, test/<defect> and masks as ground_truth/<defect>, or drop the images by themselves and say what they are';

/** The place that was told, for a file whose path tells none. */
function toldPlace(path: string, { split, label, mask }: ToldPlace): Place {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  if (mask) return { kind: 'mask', split: 'test', label, name, stem: maskStemOf(name), root: null };
  return { kind: 'image', split, label, name, stem: stemOf(name), root: null };
}

/** What examining needs to know and where it leaves what is kept. */
export interface Bench {
  readonly files: StorageBatch;
  /** True where an image of this content is in the dataset. */
  knows(sha256: string): boolean;
}

/** Looks at one file; a bad one becomes a verdict with its reason, never an exception. */
export async function examine(file: UploadedFile, bench: Bench): Promise<Examined> {
  const { path } = file;
  if ('refused' in file) return { kind: 'refused', path, reason: file.refused };
  if (isBystander(path)) return { kind: 'ignored', path, reason: 'Not an image; left out.' };
  const place: Place | null = classifyMvtecPath(path) ?? (file.told ? toldPlace(path, file.told) : null);
  if (!place) return { kind: 'refused', path, reason: `${path} is in no folder that tells what it is: ${layoutHint}.` };
  try {
    const bytes = await file.read();
    return place.kind === 'mask' ? await examineMask(path, place, bytes, bench) : await examineImage(path, place, bytes, bench);
  } catch (error) {
    if (error instanceof BadImageError) return { kind: 'refused', path, reason: error.message };
    if (error instanceof BadEntryError)
      return { kind: 'refused', path, reason: `${path} cannot be unpacked (${error.message}): zip it again.` };
    throw error;
  }
}

async function examineImage(path: string, place: Place, bytes: Buffer, { files, knows }: Bench): Promise<Examined> {
  const sha256 = addressOf(bytes);
  if (knows(sha256)) return { kind: 'known', path, place, sha256 };
  const facts = await inspectImage(bytes, { name: place.name });
  const small = await shrink(bytes, facts, place.name);
  const [, thumbnail] = await Promise.all([files.put(bytes, sha256), encodeThumbnail(small).then((webp) => files.put(webp))]);
  return {
    kind: 'image',
    path,
    place,
    sha256,
    bytes: bytes.length,
    facts,
    thumbnailSha256: thumbnail.sha256,
    differenceHash: differenceHashOf(small),
  };
}

/** The picture at a thumbnail's size. Every pixel is decoded for it: a truncated file is found here. The full decoder is asked where it might refuse more. */
async function shrink(bytes: Buffer, facts: ImageFacts, name: string): Promise<Picture8> {
  if (facts.cmyk || facts.frames > 1) await decodeImage(bytes, { name });
  try {
    const { data, info } = await sharp(bytes, { failOn: 'truncated', limitInputPixels: facts.width * facts.height + 1 })
      .autoOrient()
      .removeAlpha()
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true, kernel: 'mitchell' })
      .toColourspace(facts.channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3 };
  } catch (error) {
    await decodeImage(bytes, { name });
    throw new BadImageError(
      'broken',
      `${name} cannot be decoded (${error instanceof Error ? error.message : String(error)}): save it again as PNG.`,
    );
  }
}

/** The least effort: the file is 1 % larger, and more would be most of the time of an import. */
const encodeThumbnail = ({ data, width, height, channels }: Picture8): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels } }).webp({ quality: 82, effort: 0 }).toBuffer();

async function examineMask(path: string, place: Place, bytes: Buffer, { files }: Bench): Promise<Examined> {
  const { width, height } = await decodeMask(bytes, { name: place.name });
  const { sha256 } = await files.put(bytes);
  return { kind: 'mask', path, place, sha256, width, height };
}
