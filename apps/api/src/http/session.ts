import type { PrismaClient } from '@plumbline/prisma';
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { sessionLifeMs, type Actor } from '../actor.ts';

/** How long a session and its roles are believed without asking the database. With the subscriptions' own beat below 5 s. */
const believedForMs = 2_500;
const seenEveryMs = 60_000;
const mostEntries = 10_000;

const claims = z.object({ sub: z.uuid(), sid: z.uuid() });

/** Who is behind a request. HTTP, WebSocket, files and uploads ask here and nowhere else. */
export interface Sessions {
  /** The person whose live session the cookie names, or null. */
  actorFrom(cookieHeader: string | undefined): Promise<Actor | null>;
  /** The person of a session that still lives, or null. */
  actorOf(sessionId: string): Promise<Actor | null>;
  /** Asks the database at the next question. */
  forget(sessionId: string): void;
  forgetAll(): void;
}

export interface SessionOptions {
  readonly db: PrismaClient;
  readonly secret: string;
  /** With https the cookie has the `__Secure-` name, and only that one counts. */
  readonly publicUrl: URL;
}

export function createSessions({ db, secret, publicUrl }: SessionOptions): Sessions {
  const cookieName = `${publicUrl.protocol === 'https:' ? '__Secure-' : ''}next-auth.session-token`;
  const believed = new Map<string, { readonly at: number; readonly actor: Promise<Actor | null> }>();

  async function read(sessionId: string): Promise<Actor | null> {
    const session = await db.session.findFirst({
      where: { id: sessionId, revokedAt: null, expiresAt: { gt: new Date() } },
      include: { user: { include: { members: true } } },
    });
    if (!session) return null;
    if (Date.now() - session.lastSeenAt.getTime() > seenEveryMs) {
      const now = Date.now();
      await db.session.updateMany({
        where: { id: sessionId, revokedAt: null },
        data: { lastSeenAt: new Date(now), expiresAt: new Date(now + sessionLifeMs) },
      });
    }
    const { user } = session;
    const roles = new Map(user.members.map((member) => [member.teamId, member.role]));
    return { userId: user.id, sessionId, name: user.name, email: user.email, roles };
  }

  function actorOf(sessionId: string): Promise<Actor | null> {
    const known = believed.get(sessionId);
    if (known && Date.now() - known.at < believedForMs) return known.actor;
    const actor = read(sessionId);
    believed.delete(sessionId);
    believed.set(sessionId, { at: Date.now(), actor });
    // A database that did not answer is asked again at once.
    actor.catch(() => believed.delete(sessionId));
    const oldest = believed.size > mostEntries ? believed.keys().next().value : undefined;
    if (oldest !== undefined) believed.delete(oldest);
    return actor;
  }

  return {
    actorOf,
    async actorFrom(cookieHeader) {
      const token = cookieNamed(cookieHeader, cookieName);
      const parsed = claims.safeParse(token ? await decode({ token, secret }).catch(() => null) : null);
      if (!parsed.success) return null;
      const actor = await actorOf(parsed.data.sid);
      return actor?.userId === parsed.data.sub ? actor : null;
    },
    forget: (sessionId) => void believed.delete(sessionId),
    forgetAll: () => believed.clear(),
  };
}

function cookieNamed(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
