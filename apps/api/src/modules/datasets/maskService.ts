import { notifyChange } from '@plumbline/jobs';
import { stemOf } from '@plumbline/ml/datasets';
import { BadImageError, decodeMask, encodeMaskPng } from '@plumbline/ml/images';
import { discardFiles, type Image, lockContent, type Prisma } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { freeName } from './editPlan.ts';
import { lookForLeaks } from './leakService.ts';
import { labelSchema } from './places.ts';
import { lockDataset, refuseWhileImporting } from './service.ts';

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
 * mask that they had. A good image that gets a mask becomes a defective one and moves to test, since trainings learn from good images alone; where its
 * name is taken there it gets another.
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
  const { dataset } = found;
  assertPermission(context, 'dataset.mask', dataset.project.teamId, 'Image');
  const mask = await readMask(input.png, found);
  const sha256 = mask && (await context.storage.put(mask)).sha256;
  return context.db.$transaction(async (tx) => {
    await lockDataset(tx, dataset.id);
    // Where it belongs is decided by what it is now: others may have moved it meanwhile.
    const image = await tx.image.findFirst({ where: { id: found.id, deletedAt: null } });
    if (!image) throw new NotFound('Image');
    const place = mask === null ? null : placeOf(image, input.label ?? null);
    if (place) await refuseWhileImporting(tx, dataset, 'imageId');
    if (mask && sha256) {
      await lockContent(tx, sha256);
      // Removed between the look and the lock: the bytes are at hand.
      if (!(await context.storage.stat(sha256))) await context.storage.put(mask);
    }
    const { count } = await tx.image.updateMany({
      where: { id: image.id, maskSha256: input.replaces ?? null },
      data: { maskSha256: sha256, ...(place ? { ...place, name: await nameAt(tx, image, place) } : {}) },
    });
    if (count === 0)
      throw InvalidInput.at('replaces', `Somebody else saved another mask of ${image.name} meanwhile; look at it, then draw again.`);
    if (image.maskSha256 !== sha256) await discardFiles(tx, [image.maskSha256]);
    if (place && place.split !== image.split) await lookForLeaks(context, tx, dataset);
    await notifyChange(tx, { kind: 'project', projectId: dataset.projectId });
    return tx.image.findUniqueOrThrow({ where: { id: image.id } });
  });
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

/** Where a mask brings an image; null where it is there already. @throws InvalidInput where the defect is not named */
function placeOf(image: Image, label: string | null): { label: string; split: 'test' } | null {
  const now = label ?? image.label;
  if (now === 'good')
    throw InvalidInput.at('label', `${image.name} is labelled good, but a mask outlines a defect; say which defect it shows.`);
  return now === image.label && image.split === 'test' ? null : { label: now, split: 'test' };
}

/** The image's name at its new place, as an edit of many would give it. */
async function nameAt(tx: Prisma.TransactionClient, image: Image, place: { label: string; split: 'test' }): Promise<string> {
  const others = await tx.image.findMany({
    where: { datasetId: image.datasetId, deletedAt: null, ...place, id: { not: image.id } },
    select: { name: true },
  });
  const stems = new Set(others.map(({ name }) => stemOf(name)));
  return freeName(image.name, image.split, (name) => stems.has(stemOf(name)));
}
