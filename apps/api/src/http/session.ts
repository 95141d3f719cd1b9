import type { IncomingMessage } from 'node:http';
import type { PrismaClient } from '@plumbline/prisma';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { sessionEnd, sessionLifeMs, type Actor, type Credential } from '../actor.ts';
import { endReused } from '../modules/accounts/reusedSession.ts';
import { hashOfSecret, isApiSecret } from '../modules/accounts/secrets.ts';

/** How long a session and its roles are believed without asking the database. With the subscriptions' own beat below 5 s. */
const believedForMs = 2_500;
const seenEveryMs = 60_000;
const mostEntries = 10_000;
/** How long a cookie is the newest of its session. */
const rotatedAfterMs = 60 * 60_000;
/** How long it is believed after the next one was first used: requests that were on their way. */
const overlapMs = 60_000;

const claims = z.object({ sub: z.uuid(), sid: z.uuid(), gen: z.number().int().min(0).default(0) });

/** What says who asks: a request, or its headers alone. */
export type Asking = Pick<IncomingMessage, 'headers'>;

/** Who is behind a request. HTTP, WebSocket, files and uploads ask here and nowhere else. */
export interface Sessions {
  /** The person whose live session the cookie names, or whose API token the Authorization header bears; or null. A token goes before a cookie. */
  actorFrom(request: Asking): Promise<Actor | null>;
  /** The person of a session or token that still lives, or null. */
  actorOf(credential: Pick<Credential, 'kind' | 'id'>): Promise<Actor | null>;
  /**
   * The cookie that is to follow the one that this person's request came with, as a Set-Cookie header; null while that is young. The old one counts
   * until the new one has come back, so that an answer which is lost costs nobody their sign-in; used later than that, it ends the session,
   * since one of the two who have it took it.
   */
  nextCookie(actor: Actor): Promise<string | null>;
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

  async function readSession(sessionId: string): Promise<Live | null> {
    const session = await db.session.findFirst({
      where: { id: sessionId, revokedAt: null, expiresAt: { gt: new Date() } },
      include: { user: { include: { members: true } } },
    });
    if (!session) return null;
    const { user, generation, rotatedAt, createdAt, lastSeenAt } = session;
    const roles = new Map(user.members.map((member) => [member.teamId, member.role]));
    const actor: Actor = { userId: user.id, credential: { kind: 'session', id: sessionId }, name: user.name, email: user.email, roles };
    return { actor, session: { generation, rotatedAt, createdAt, lastSeenAt } };
  }

  async function readToken(id: string): Promise<Live | null> {
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
    const actor: Actor = { userId: user.id, credential, name: user.name, email: user.email, roles: new Map([[teamId, role]]) };
    return { actor, session: null };
  }

  function liveOf({ kind, id }: Pick<Credential, 'kind' | 'id'>): Promise<Live | null> {
    const key = `${kind} ${id}`;
    const known = believed.get(key);
    if (known && Date.now() - known.at < believedForMs) return known.live;
    const live = kind === 'session' ? readSession(id) : readToken(id);
    const belief: Belief = { at: Date.now(), live, userId: undefined };
    believed.delete(key);
    believed.set(key, belief);
    live.then(
      (found) => (belief.userId = found?.actor.userId ?? null),
      // A database that did not answer is asked again at once.
      () => believed.delete(key),
    );
    dropOldest(believed);
    return live;
  }

  const actorOf = async (credential: Pick<Credential, 'kind' | 'id'>): Promise<Actor | null> => (await liveOf(credential))?.actor ?? null;
  const forget = (sessionId: string): void => void believed.delete(`session ${sessionId}`);

  async function actorOfCookie(headers: Asking['headers']): Promise<Actor | null> {
    const token = cookieNamed(headers.cookie, cookieName);
    const parsed = claims.safeParse(token ? await decode({ token, secret }).catch(() => null) : null);
    if (!parsed.success) return null;
    const { sub, sid: id, gen } = parsed.data;
    const live = await liveOf({ kind: 'session', id });
    if (!live?.session || live.actor.userId !== sub) return null;
    const { generation, rotatedAt } = live.session;
    if (gen === generation + 1) {
      // The first use of the next cookie. Of several at once, one writes it down.
      await db.session.updateMany({ where: { id, revokedAt: null, generation }, data: { generation: gen, rotatedAt: new Date() } });
      forget(id);
      const renewed = await liveOf({ kind: 'session', id });
      if (renewed?.session?.generation !== gen) return null;
    } else if (gen === generation - 1 && Date.now() - rotatedAt.getTime() < overlapMs) {
      // On its way while the next one was first used.
    } else if (gen < generation) {
      await endReused(db, live.actor, id, addressOf(headers));
      forget(id);
      return null;
    } else if (gen !== generation) return null;
    await seen(id, live.session);
    return live.actor;
  }

  /** Only a request by the cookie is use; a page left open, whose socket asks by itself, is not. */
  async function seen(id: string, session: LiveSession): Promise<void> {
    const now = Date.now();
    if (now - session.lastSeenAt.getTime() <= seenEveryMs) return;
    session.lastSeenAt = new Date(now);
    const data = { lastSeenAt: session.lastSeenAt, expiresAt: sessionEnd(session.createdAt, now) };
    await db.session.updateMany({ where: { id, revokedAt: null }, data });
  }

  async function nextCookie({ credential }: Actor): Promise<string | null> {
    const live = credential.kind === 'session' ? await liveOf(credential) : null;
    if (!live?.session) return null;
    const { generation, rotatedAt, createdAt } = live.session;
    if (Date.now() - rotatedAt.getTime() < rotatedAfterMs) return null;
    const end = createdAt.getTime() + sessionLifeMs;
    const { userId: sub, name, email } = live.actor;
    // The same for all who ask meanwhile, whatever the order in which a browser gets the answers.
    const token = { sub, name, email, sid: credential.id, gen: generation + 1 };
    const value = await encode({ token, secret, maxAge: Math.max(1, Math.floor((end - Date.now()) / 1000)) });
    const secure = publicUrl.protocol === 'https:' ? '; Secure' : '';
    return `${cookieName}=${value}; Path=/; Expires=${new Date(end).toUTCString()}; HttpOnly; SameSite=Lax${secure}`;
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
    nextCookie,
    actorFrom({ headers }) {
      const borne = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
      return borne === undefined ? actorOfCookie(headers) : actorOfSecret(borne);
    },
    forget,
    forgetPerson(userId) {
      // An answer still under way may be from before the change.
      for (const [key, belief] of believed) if (belief.userId === userId || belief.userId === undefined) believed.delete(key);
    },
    forgetAll: () => believed.clear(),
  };
}

/** What a live session's row says of its cookies and its use. */
interface LiveSession {
  readonly generation: number;
  readonly rotatedAt: Date;
  readonly createdAt: Date;
  lastSeenAt: Date;
}

interface Live {
  readonly actor: Actor;
  /** Null for an API token. */
  readonly session: LiveSession | null;
}

interface Belief {
  readonly at: number;
  readonly live: Promise<Live | null>;
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

/** Where the visitor of our web server is, which says so alone; null for this machine, which says nothing. */
function addressOf(headers: Asking['headers']): string | null {
  const forwarded = String(headers['x-forwarded-for'] ?? '').trim();
  return !forwarded || /^(::ffff:)?127\.|^::1$/.test(forwarded) ? null : forwarded.slice(0, 100);
}
