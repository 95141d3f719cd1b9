import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '@plumbline/prisma';

/**
 * The one-time link by which the first visitor becomes owner; null once there is a user. Only the token's sha256 is stored, so an earlier link
 * cannot be shown again: each start makes a new one and takes back those that nobody used.
 */
export async function firstOwnerLink(prisma: PrismaClient, address: string): Promise<string | null> {
  if ((await prisma.user.count()) > 0) return null;
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  await prisma.$transaction([
    prisma.firstOwnerLink.deleteMany({ where: { usedAt: null } }),
    prisma.firstOwnerLink.create({ data: { tokenHash } }),
  ]);
  return `${address}/welcome?token=${token}`;
}
