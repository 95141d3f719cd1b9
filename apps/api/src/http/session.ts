import type { IncomingMessage } from 'node:http';
import type { PrismaClient } from '@plumbline/prisma';
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { sessionLifeMs, type Actor, type Credential } from '../actor.ts';
import { hashOfSecret, isApiSecret } from '../modules/accounts/secrets.ts';

/** How long a session and its roles are believed without asking the database. With the subscriptions' own beat below 5 s. */
const believedForMs = 2_500;
const seenEveryMs = 60_000;
const mostEntries = 10_000;

const claims = z.object({ sub: z.uuid(), sid: z.uuid() });

/** What says who asks: a request, or its headers alone. */
export type Asking = Pick<IncomingMessage, 'headers'>;

/** Who is behind a request. HTTP, WebSocket, files and uploads ask here and nowhere else. */
export interface Sessions {
  /** The person whose live session the cookie names, or whose API token the Authorization header bears; or null. A token goes before a cookie. */
  actorFrom(request: Asking): Promise<Actor | null>;
  /** The person of a session or token that still lives, or null. */
  actorOf(credential: Pick<Credential, 'kind' | 'id'>): Promise<Actor | null>;
  /** Asks the database at the next question. */
  forget(sessionId: string): void;
  forgetPerson(userId: string): void;
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
  const believed = new Map<string, Belief>();
  /** Ids of tokens by the hash of their secret, which never changes. */
  const tokenIds = new Map<string, string>();

  async function readSession(sessionId: string): Promise<Actor | null> {
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
    return { userId: user.id, credential: { kind: 'session', id: sessionId }, name: user.name, email: user.email, roles };
  }

  async function readToken(id: string): Promise<Actor | null> {
    const token = await db.apiToken.findFirst({
      where: { id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
      include: { member: { include: { user: true } } },
    });
    if (!token) return null;
    const now = new Date();
    if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) > seenEveryMs)
      await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { lastUsedAt: now } });
    const { user, teamId, role } = token.member;
    const credential = { kind: 'token', id, name: token.name, scopes: token.scopes } as const;
    return { userId: user.id, credential, name: user.name, email: user.email, roles: new Map([[teamId, role]]) };
  }

  function actorOf({ kind, id }: Pick<Credential, 'kind' | 'id'>): Promise<Actor | null> {
    const key = `${kind} ${id}`;
    const known = believed.get(key);
    if (known && Date.now() - known.at < believedForMs) return known.actor;
    const actor = kind === 'session' ? readSession(id) : readToken(id);
    const belief: Belief = { at: Date.now(), actor, userId: undefined };
    believed.delete(key);
    believed.set(key, belief);
    actor.then(
      (found) => (belief.userId = found?.userId ?? null),
      // A database that did not answer is asked again at once.
      () => believed.delete(key),
    );
    dropOldest(believed);
    return actor;
  }

  async function actorOfCookie(header: string | undefined): Promise<Actor | null> {
    const token = cookieNamed(header, cookieName);
    const parsed = claims.safeParse(token ? await decode({ token, secret }).catch(() => null) : null);
    if (!parsed.success) return null;
    const actor = await actorOf({ kind: 'session', id: parsed.data.sid });
    return actor?.userId === parsed.data.sub ? actor : null;
  }

  async function actorOfSecret(secretOfToken: string): Promise<Actor | null> {
    if (!isApiSecret(secretOfToken)) return null;
    const secretHash = hashOfSecret(secretOfToken);
    const id = tokenIds.get(secretHash) ?? (await db.apiToken.findUnique({ where: { secretHash }, select: { id: true } }))?.id;
    if (!id) return null;
    tokenIds.set(secretHash, id);
    dropOldest(tokenIds);
    return actorOf({ kind: 'token', id });
  }

  return {
    actorOf,
    actorFrom({ headers }) {
      const borne = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
      return borne === undefined ? actorOfCookie(headers.cookie) : actorOfSecret(borne);
    },
    forget: (sessionId) => void believed.delete(`session ${sessionId}`),
    forgetPerson(userId) {
      // An answer still under way may be from before the change.
      for (const [key, belief] of believed) if (belief.userId === userId || belief.userId === undefined) believed.delete(key);
    },
    forgetAll: () => believed.clear(),
  };
}

interface Belief {
  readonly at: number;
  readonly actor: Promise<Actor | null>;
  /** Undefined until the answer is there. */
  userId: string | null | undefined;
}

function dropOldest(map: Map<string, unknown>): void {
  const oldest = map.size > mostEntries ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}

function cookieNamed(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
