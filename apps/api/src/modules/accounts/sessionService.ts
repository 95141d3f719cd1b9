import { notifyChange } from '@plumbline/jobs';
import type { Prisma, Session, User } from '@plumbline/prisma';
import { sessionEnd } from '../../actor.ts';
import { recordAudit } from '../../audit.ts';
import type { Context, Platform } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { inPerson } from '../../permissions.ts';
import { NotFound } from '../../problems.ts';
import { whereFrom } from './reusedSession.ts';

/** From where a person signs in. */
export interface Visitor {
  readonly userAgent: string;
  /** Null for one that came from this machine, or by a proxy on it. */
  readonly address: string | null;
}

/** Opens a session of the person. @param how they proved who they are: `password`, or the issuer of an Identity */
export async function openSession(tx: Prisma.TransactionClient, user: User, how: string, visitor: Visitor): Promise<Session> {
  const session = await tx.session.create({
    data: { userId: user.id, userAgent: visitor.userAgent.slice(0, 400), expiresAt: sessionEnd(new Date()) },
  });
  const detail = `by ${how}, ${whereFrom(visitor.address)}`;
  await recordAudit(tx, { userId: user.id, name: user.name }, 'session.open', { teamId: null, detail });
  return session;
}

/** Writes down that somebody failed to sign in as the person; what they typed is nowhere kept. */
export async function recordRefusal({ db }: Pick<Platform, 'db'>, user: User, reason: string, visitor: Visitor): Promise<void> {
  const detail = `${reason}, ${whereFrom(visitor.address)}`;
  await recordAudit(db, { userId: user.id, name: user.name }, 'session.refuse', { teamId: null, detail });
}

/** Ends one of the person's own sign-ins everywhere. @throws NotAllowed, NotFound */
export async function revokeSession(context: Context, id: string): Promise<string> {
  const actor = inPerson(context);
  const sessionId = rowIdOf('Session', id);
  const revoked = await context.db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: actor.userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0) {
      await recordAudit(tx, actor, 'session.revoke', { teamId: null });
      await notifyChange(tx, { kind: 'session', id: sessionId });
    }
    return count;
  });
  if (revoked === 0) throw new NotFound('Session');
  context.sessions.forget(sessionId);
  return id;
}
