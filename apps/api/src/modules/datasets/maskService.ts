import { notifyChange } from '@plumbline/jobs';
import { BadImageError, decodeMask, encodeMaskPng } from '@plumbline/ml/images';
import { type Image, lockContent } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { isDuplicate, parse } from '../../validation.ts';
import { labelSchema } from './places.ts';

/** Base64 of a PNG that compresses badly: an image of 64 megapixels, one bit each. */
const longestPicture = 5_500_000;

const saveSchema = z.object({
  imageId: z.string(),
  png: z
    .string()
    .max(longestPicture, 'The mask is too large to be sent; save it as a PNG of one bit a pixel.')
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'The mask is not base64; send the bytes of a PNG so.'),
  replaces: z.string().nullish(),
  label: labelSchema.nullish(),
});

/**
 * Gives an image a mask, or takes it away where no pixel is set. Kept as an 8-bit PNG of 0 and 255 at the image's own size; frozen versions keep the
 * mask that they had. A good image that gets a mask becomes a defective one and moves to test, since trainings learn from good images alone.
 * @throws InvalidInput where the picture is no mask of this image, another mask was saved meanwhile, or the defect of a good image is not named;
 * NotAllowed, NotFound
 */
export async function saveMask(context: Context, raw: unknown): Promise<Image> {
  signedIn(context);
  const input = parse(saveSchema, raw);
  const found = await context.db.image.findFirst({
    where: { id: rowIdOf('Image', input.imageId), deletedAt: null, dataset: { deletedAt: null } },
    include: { dataset: { include: { project: true } } },
  });
  if (!found) throw new NotFound('Image');
  const { dataset, ...image } = found;
  assertPermission(context, 'dataset.mask', dataset.project.teamId, 'Image');
  const mask = await readMask(input.png, image);
  const place = mask === null ? {} : placeOf(image, input.label ?? null);
  const sha256 = mask && (await context.storage.put(mask)).sha256;
  try {
    return await context.db.$transaction(async (tx) => {
      if (mask && sha256) {
        await lockContent(tx, sha256);
        // Removed between the look and the lock: the bytes are at hand.
        if (!(await context.storage.stat(sha256))) await context.storage.put(mask);
      }
      const { count } = await tx.image.updateMany({
        where: { id: image.id, deletedAt: null, maskSha256: input.replaces ?? null },
        data: { maskSha256: sha256, ...place },
      });
      if (count === 0)
        throw InvalidInput.at('replaces', `Somebody else saved another mask of ${image.name} meanwhile; look at it, then draw again.`);
      await notifyChange(tx, { kind: 'project', projectId: dataset.projectId });
      return tx.image.findUniqueOrThrow({ where: { id: image.id } });
    });
  } catch (error) {
    throw isDuplicate(error)
      ? InvalidInput.at('label', `The dataset has another image named ${image.name} with this label in test; take another label.`)
      : error;
  }
}

/** The PNG to store, or null where no pixel is set. */
async function readMask(base64: string, image: Image): Promise<Buffer | null> {
  let mask: Awaited<ReturnType<typeof decodeMask>>;
  try {
    mask = await decodeMask(Buffer.from(base64, 'base64'), { name: 'The mask' });
  } catch (error) {
    throw error instanceof BadImageError ? InvalidInput.at('png', sentence(error.message)) : error;
  }
  if (mask.width !== image.width || mask.height !== image.height)
    throw InvalidInput.at(
      'png',
      `The mask is ${mask.width} × ${mask.height} px, its image ${image.width} × ${image.height}; draw it at the image's size.`,
    );
  return mask.data.includes(1) ? encodeMaskPng(mask) : null;
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

/** What a mask changes about where an image belongs. */
function placeOf(image: Image, label: string | null): { label?: string; split?: 'test' } {
  const now = label ?? image.label;
  if (now === 'good')
    throw InvalidInput.at('label', `${image.name} is labelled good, but a mask outlines a defect; say which defect it shows.`);
  return now === image.label && image.split === 'test' ? {} : { label: now, split: 'test' };
}
