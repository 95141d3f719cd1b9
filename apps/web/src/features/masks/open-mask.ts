import type { Mask } from '@plumbline/ml/geometry';
import { decodePicture, toMask } from '../residuals/pixels/decode.ts';
import { MaskEditor } from './mask-editor.ts';

export interface MaskedImage {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly url: string;
  readonly maskUrl: string | null;
  readonly maskSha256: string | null;
}

/** A picture and the mask being drawn over it. */
export interface OpenMask {
  readonly imageId: string;
  readonly picture: ImageBitmap;
  readonly editor: MaskEditor;
}

async function bytesOf(url: string, name: string): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${name} could not be read (${response.status}); sign in again, or look whether it was deleted.`);
  return response.blob();
}

async function pictureOf({ name, url, width, height }: MaskedImage): Promise<ImageBitmap> {
  const blob = await bytesOf(url, name);
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(blob);
  } catch {
    throw new Error(`${name} is in a format that this browser does not show; bring its mask as a file instead.`);
  }
  // Masks are kept at the stored size; a picture of another one would put them in the wrong place.
  if (picture.width !== width || picture.height !== height)
    throw new Error(
      `This browser shows ${name} at ${picture.width} × ${picture.height} px instead of ${width} × ${height}; use another browser.`,
    );
  return picture;
}

async function maskOf({ name, width, height, maskUrl }: MaskedImage): Promise<Mask> {
  if (maskUrl === null) return { width, height, data: new Uint8Array(width * height) };
  const mask = toMask(await decodePicture(await bytesOf(maskUrl, `The mask of ${name}`), `The mask of ${name}`));
  if (mask.width !== width || mask.height !== height)
    throw new Error(`The mask of ${name} is ${mask.width} × ${mask.height} px, the image ${width} × ${height}; bring another as a file.`);
  return mask;
}

/** What was drawn and not saved stays while the window does: leaving the page by any link loses nothing. */
const kept = new Map<string, OpenMask>();

/** The picture with its mask, or what was drawn on it before and not saved. @throws Error with one sentence */
export async function openMask(image: MaskedImage): Promise<OpenMask> {
  const before = kept.get(image.id);
  if (before?.editor.unsaved) return before;
  kept.delete(image.id);
  const [picture, mask] = await Promise.all([pictureOf(image), maskOf(image)]);
  const opened: OpenMask = { imageId: image.id, picture, editor: new MaskEditor(mask, image.maskSha256) };
  kept.set(image.id, opened);
  return opened;
}

/** Forgets what was drawn. */
export function forgetMask(imageId: string): void {
  kept.delete(imageId);
}

/** Whether something drawn on any image is not saved. */
export function somethingUnsaved(): boolean {
  return [...kept.values()].some(({ editor }) => editor.unsaved);
}

/** Lets go of a picture without unsaved strokes. */
export function leaveMask(imageId: string): void {
  const left = kept.get(imageId);
  if (left && !left.editor.unsaved) kept.delete(imageId);
}
