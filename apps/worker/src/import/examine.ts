import { classifyMvtecPath, isBystander, maskStemOf, type MvtecPath, stemOf } from '@plumbline/ml/datasets';
import { BadImageError, decodeImage, decodeMask, differenceHash, type ImageFacts, inspectImage } from '@plumbline/ml/images';
import type { Storage } from '@plumbline/storage';
import sharp from 'sharp';
import type { ToldPlace, UploadedFile } from './files.ts';

/** Longer side of a thumbnail in px. */
export const thumbnailSide = 256;

/** Where a file belongs; the class folder above it is null where somebody told the place and no folder did. */
export type Place = Omit<MvtecPath, 'root'> & { readonly root: string | null };

/** What one file of an upload turned out to be; bytes that are kept are in storage already. */
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
  | { readonly kind: 'ignored' | 'refused'; readonly path: string; readonly reason: string };

const layoutHint =
  'arrange images as train/good, test/<defect> and masks as ground_truth/<defect>, or drop the images by themselves and say what they are';

/** The place that was told, for a file whose path tells none. */
function toldPlace(path: string, { split, label, mask }: ToldPlace): Place {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  if (mask) return { kind: 'mask', split: 'test', label, name, stem: maskStemOf(name), root: null };
  return { kind: 'image', split, label, name, stem: stemOf(name), root: null };
}

/** Looks at one file; a bad one becomes a verdict with its reason, never an exception. */
export async function examine(file: UploadedFile, storage: Storage): Promise<Examined> {
  const { path } = file;
  if ('refused' in file) return { kind: 'refused', path, reason: file.refused };
  if (isBystander(path)) return { kind: 'ignored', path, reason: 'Not an image; left out.' };
  const place: Place | null = classifyMvtecPath(path) ?? (file.told ? toldPlace(path, file.told) : null);
  if (!place) return { kind: 'refused', path, reason: `${path} is in no folder that tells what it is: ${layoutHint}.` };
  try {
    const bytes = await file.read();
    return place.kind === 'mask' ? await examineMask(path, place, bytes, storage) : await examineImage(path, place, bytes, storage);
  } catch (error) {
    if (error instanceof BadImageError) return { kind: 'refused', path, reason: error.message };
    if (isArchiveFault(error)) return { kind: 'refused', path, reason: `${path} cannot be unpacked (${error.message}): zip it again.` };
    throw error;
  }
}

/** zlib's and yauzl's complaints about one entry's data. Faults of disk or storage are not the file's and are thrown on. */
function isArchiveFault(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') || /invalid|too many bytes|not enough bytes|compression method|checksum|crc/i.test(error.message);
}

async function examineImage(path: string, place: Place, bytes: Buffer, storage: Storage): Promise<Examined> {
  const facts = await inspectImage(bytes, { name: place.name });
  const thumbnail = await thumbnailOf(bytes, facts, place.name);
  const [stored, small, hash] = await Promise.all([storage.put(bytes), storage.put(thumbnail), differenceHash(thumbnail)]);
  return {
    kind: 'image',
    path,
    place,
    sha256: stored.sha256,
    bytes: stored.bytes,
    facts,
    thumbnailSha256: small.sha256,
    differenceHash: hash,
  };
}

/** Makes the thumbnail, which decodes every pixel: a truncated file is found here. The full decoder is asked where it might refuse more. */
async function thumbnailOf(bytes: Buffer, facts: ImageFacts, name: string): Promise<Buffer> {
  if (facts.cmyk || facts.frames > 1) await decodeImage(bytes, { name });
  try {
    return await sharp(bytes, { failOn: 'truncated', limitInputPixels: facts.width * facts.height + 1 })
      .autoOrient()
      .removeAlpha()
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      // The least effort: the file is as small, and half the time of an import would go into the encoder otherwise.
      .webp({ quality: 82, effort: 1 })
      .toBuffer();
  } catch (error) {
    await decodeImage(bytes, { name });
    throw new BadImageError(
      'broken',
      `${name} cannot be decoded (${error instanceof Error ? error.message : String(error)}): save it again as PNG.`,
    );
  }
}

async function examineMask(path: string, place: Place, bytes: Buffer, storage: Storage): Promise<Examined> {
  const { width, height } = await decodeMask(bytes, { name: place.name });
  const { sha256 } = await storage.put(bytes);
  return { kind: 'mask', path, place, sha256, width, height };
}
