import { notifyChange } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../audit.ts';

/** For the audit trail. */
export const whereFrom = (address: string | null): string => `from ${address ?? 'this machine or a proxy on it'}`;

/** Ends a session of which an old cookie was used again: somebody has a copy of it. */
export async function endReused(db: PrismaClient, actor: Actor, sessionId: string, address: string | null): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
    if (count === 0) return;
    await recordAudit(tx, actor, 'session.reuse', { teamId: null, detail: whereFrom(address) });
    await notifyChange(tx, { kind: 'session', id: sessionId });
  });
}
