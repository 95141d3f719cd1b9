import { randomUUID } from 'node:crypto';
import { createMember, createTeam, scenarios } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieFor, internalSecret, startApi, type TestApi } from '../../testing/api.ts';
import { hashPassword } from './password.ts';
import { hashOfSecret, newSecret } from './secrets.ts';

const issuer = 'https://login.example.org';
type World = Awaited<ReturnType<typeof scenarios.teamWithProject>>;

let api: TestApi;
let own: World;
beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db);
});
afterAll(() => api.stop());

interface Answer {
  readonly status: number;
  readonly reason?: string;
  readonly user?: { readonly id: string; readonly email: string };
  readonly sessionId?: string;
}

async function signIn(claims: object, ticket: string | null = null, secret = internalSecret): Promise<Answer> {
  const answer = await fetch(`${api.url}/internal/oidc-sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline-internal': secret },
    body: JSON.stringify({
      claims: { issuer, subject: randomUUID(), email: null, emailVerified: true, name: null, ...claims },
      ticket,
      userAgent: 'Test',
      address: '10.1.2.3',
    }),
  });
  return { status: answer.status, ...((await answer.json()) as object) };
}

async function invitation(email: string | null): Promise<{ secret: string; ticket: string }> {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + 3600_000);
  await api.db.invitation.create({
    data: { teamId: own.team.id, role: 'engineer', email, secretHash: hashOfSecret(secret), expiresAt, createdById: own.owner.id },
  });
  const { data } = await api.run(null, 'query ($secret: String!) { invitationOffer(secret: $secret) { ticket } }', { secret });
  return { secret, ticket: data.invitationOffer.ticket as string };
}

const rolesOf = (userId: string) => api.db.member.findMany({ where: { userId }, select: { teamId: true, role: true } });
const actionsOf = async (actorId: string) =>
  (await api.db.auditEvent.findMany({ where: { actorId }, orderBy: { id: 'asc' } })).map(({ action }) => action);
const mine = '{ me { hasPassword identities { id issuer email } } }';
const unlink = 'mutation ($id: ID!) { unlinkIdentity(id: $id) { __typename ... on Problem { message } } }';

describe('signing in by an OIDC provider', () => {
  it('is asked for by our own web server alone', async () => {
    expect((await signIn({ email: own.engineer.email }, null, 'guessed')).status).toBe(404);
  });

  it('links an account by a verified e-mail alone, and from then on knows the person by issuer and subject', async () => {
    const { engineer } = own;
    const subject = randomUUID();
    expect(await signIn({ subject, email: engineer.email, emailVerified: false })).toEqual({ status: 403, reason: 'unverified' });
    expect(await signIn({ subject, email: null })).toEqual({ status: 403, reason: 'unverified' });
    expect(await api.db.identity.count({ where: { userId: engineer.id } })).toBe(0);
    const linked = await signIn({ subject, email: engineer.email.toUpperCase() });
    expect(linked).toMatchObject({ status: 200, user: { id: engineer.id, email: engineer.email } });
    const cookie = await cookieFor(engineer.id, linked.sessionId ?? '');
    expect((await api.run(cookie, mine)).data.me).toMatchObject({ hasPassword: true, identities: [{ issuer, email: engineer.email }] });
    // The provider has another e-mail of theirs now, and says nothing of it.
    const later = await signIn({ subject, email: 'renamed@example.org', emailVerified: false });
    expect(later).toMatchObject({ status: 200, user: { id: engineer.id } });
    expect(await actionsOf(engineer.id)).toEqual(['identity.link', 'session.open', 'session.open']);
  });

  it('refuses a second person of a provider the account that the first one has, and writes it down', async () => {
    const { admin } = own;
    expect((await signIn({ email: admin.email })).status).toBe(200);
    expect(await signIn({ email: admin.email })).toEqual({ status: 403, reason: 'another' });
    expect(await api.db.identity.count({ where: { userId: admin.id } })).toBe(1);
    const refused = await api.db.auditEvent.findFirstOrThrow({ where: { actorId: admin.id, action: 'session.refuse' } });
    expect(refused.detail).toBe(`by another person of ${issuer}, from 10.1.2.3`);
    // Another provider may vouch for the same person.
    expect((await signIn({ issuer: 'https://other.example.org', email: admin.email })).user?.id).toBe(admin.id);
  });

  it('refuses who has neither an account nor an invitation, and makes nothing of it', async () => {
    const email = `${randomUUID()}@example.net`;
    const before = await api.db.user.count();
    expect(await signIn({ email })).toEqual({ status: 403, reason: 'unknown' });
    await api.db.invitation.create({
      data: { teamId: own.team.id, role: 'viewer', email, secretHash: hashOfSecret(newSecret()), expiresAt: new Date(Date.now() - 1) },
    });
    expect(await signIn({ email })).toEqual({ status: 403, reason: 'unknown' });
    expect(await api.db.user.count()).toBe(before);
    expect(await api.db.identity.count({ where: { email } })).toBe(0);
  });

  it('makes an account without a password for an invited address, as a member of every team that invited it', async () => {
    const email = `${randomUUID()}@example.net`;
    await invitation(email);
    const other = await createTeam(api.db);
    const link = { secretHash: hashOfSecret(newSecret()), expiresAt: new Date(Date.now() + 3600_000) };
    await api.db.invitation.create({ data: { teamId: other.id, role: 'viewer', email, ...link } });
    expect((await signIn({ email, emailVerified: false })).status).toBe(403);
    // Two tabs at once are one person.
    const claims = { subject: randomUUID(), email, name: 'Eve  Example' };
    const answers = await Promise.all([signIn(claims), signIn(claims)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const user = await api.db.user.findUniqueOrThrow({ where: { email } });
    expect(user).toMatchObject({ passwordHash: null });
    expect((await rolesOf(user.id)).map(({ role }) => role).sort()).toEqual(['engineer', 'viewer']);
    expect(await api.db.invitation.count({ where: { email, usedAt: null } })).toBe(0);
  });

  it('takes the invitation of a link by its ticket, once and for the address that it is for', async () => {
    const { secret, ticket } = await invitation(null);
    expect(ticket).not.toContain(secret);
    const email = `${randomUUID()}@example.net`;
    expect(await signIn({ email }, 'no ticket')).toEqual({ status: 403, reason: 'invitation' });
    const joined = await signIn({ email }, ticket);
    expect(joined.status).toBe(200);
    expect(await rolesOf(joined.user?.id ?? '')).toEqual([{ teamId: own.team.id, role: 'engineer' }]);
    expect(await signIn({ email: `${randomUUID()}@example.net` }, ticket)).toEqual({ status: 403, reason: 'invitation' });

    const forAnother = await invitation('invited@example.net');
    const stranger = `${randomUUID()}@example.net`;
    expect(await signIn({ email: stranger }, forAnother.ticket)).toEqual({ status: 403, reason: 'invitation' });
    expect(await api.db.user.count({ where: { email: stranger } })).toBe(0);
    // Who is a member already signs in, and the link still works for the one whom it is for.
    const open = await invitation(null);
    expect((await signIn({ email: own.viewer.email }, open.ticket)).user?.id).toBe(own.viewer.id);
    expect(await api.db.invitation.count({ where: { secretHash: hashOfSecret(open.secret), usedAt: null } })).toBe(1);
  });

  it('lets in whom the rule allows, without any team', async () => {
    const joined = await signIn({ email: 'new@joins.example.org' });
    expect(joined.status).toBe(200);
    expect(await rolesOf(joined.user?.id ?? '')).toEqual([]);
  });

  it('ends by unlinking, but never as the last way to sign in', async () => {
    const email = 'only@joins.example.org';
    const subject = randomUUID();
    const { user, sessionId } = await signIn({ subject, email });
    const cookie = await cookieFor(user?.id ?? '', sessionId ?? '');
    const { me } = (await api.run(cookie, mine)).data;
    expect(me.hasPassword).toBe(false);
    const id = me.identities[0].id as string;
    const refused = (await api.run(cookie, unlink, { id })).data.unlinkIdentity;
    expect(refused).toEqual({ __typename: 'NotAllowed', message: expect.stringContaining('set a password first') });
    const foreign = await api.signedIn(own.owner);
    expect((await api.run(foreign.cookie, unlink, { id })).data.unlinkIdentity.__typename).toBe('NotFound');

    const set = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ... on Problem { message } } }';
    const input = { password: 'four words are enough' };
    await api.db.session.update({ where: { id: sessionId ?? '' }, data: { createdAt: new Date(Date.now() - 11 * 60_000) } });
    expect((await api.run(cookie, set, { input })).data.changePassword.message).toContain('ten minutes ago');
    await api.db.session.update({ where: { id: sessionId ?? '' }, data: { createdAt: new Date() } });
    expect((await api.run(cookie, set, { input })).data.changePassword.__typename).toBe('ChangePasswordSuccess');
    // From now on the present one is asked for.
    expect((await api.run(cookie, set, { input })).data.changePassword.__typename).toBe('InvalidInput');
    expect((await api.run(cookie, unlink, { id })).data.unlinkIdentity.__typename).toBe('UnlinkIdentitySuccess');
    expect(await api.db.identity.count({ where: { subject } })).toBe(0);
    expect(await actionsOf(user?.id ?? '')).toEqual(['identity.link', 'session.open', 'password.change', 'identity.unlink']);
  });

  it('of two unlinkings at once, one leaves the last way to sign in', async () => {
    const email = 'two@joins.example.org';
    const { user, sessionId } = await signIn({ email });
    await signIn({ issuer: 'https://other.example.org', email });
    const cookie = await cookieFor(user?.id ?? '', sessionId ?? '');
    const ids = (await api.run(cookie, mine)).data.me.identities.map(({ id }: { id: string }) => id) as string[];
    expect(ids).toHaveLength(2);
    const kinds = (await Promise.all(ids.map((id) => api.run(cookie, unlink, { id })))).map(
      ({ data }) => data.unlinkIdentity.__typename as string,
    );
    expect(kinds.sort()).toEqual(['NotAllowed', 'UnlinkIdentitySuccess']);
  });

  it('shows identities to the person alone', async () => {
    const member = await createMember(api.db, own.team, 'viewer', { passwordHash: await hashPassword('the first password') });
    await signIn({ email: member.email });
    const asked = 'query ($id: ID!) { node(id: $id) { ... on User { hasPassword identities { id } } } }';
    const admin = await api.signedIn(own.admin);
    expect((await api.run(admin.cookie, asked, { id: `usr_${member.id}` })).data.node).toEqual({ hasPassword: null, identities: [] });
    const token = await api.tokenOf(member, own.team);
    expect((await api.run(token.headers, mine)).data.me).toEqual({ hasPassword: null, identities: [] });
  });
});

describe('signing in before the first account was made', () => {
  it('makes none, so that the one-time link still makes the owner', async () => {
    const empty = await startApi();
    try {
      const answer = await fetch(`${empty.url}/internal/oidc-sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-plumbline-internal': internalSecret },
        body: JSON.stringify({
          claims: { issuer, subject: 'a', email: 'a@joins.example.org', emailVerified: true, name: null },
          ticket: null,
        }),
      });
      expect([answer.status, await answer.json()]).toEqual([403, { reason: 'noOwner' }]);
      expect(await empty.db.user.count()).toBe(0);
    } finally {
      await empty.stop();
    }
  });
});
