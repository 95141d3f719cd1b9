import { createMember, createTeam, createUser, scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, internalSecret, startApi, type TestApi } from '../../testing/api.ts';
import { socketClient } from '../../testing/socketClient.ts';
import { statementsOf } from '../../testing/statements.ts';
import { hashPassword } from './password.ts';

let api: TestApi;
let own: TeamWithProject;
beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db);
});
afterAll(() => api.stop());

const problems = '... on InvalidInput { issues { path message } } ... on NotAllowed { message } ... on NotFound { message }';
const operations = {
  invite: `mutation ($input: CreateInvitationInput!) { answer: createInvitation(input: $input) { __typename ${problems} ... on CreateInvitationSuccess { secret invitation { id role email } } } }`,
  revoke: `mutation ($id: ID!) { answer: revokeInvitation(id: $id) { __typename ${problems} } }`,
  accept: `mutation ($secret: String!) { answer: acceptInvitation(secret: $secret) { __typename ${problems} ... on AcceptInvitationSuccess { team { name projects { name } } } } }`,
  createAccount: `mutation ($input: CreateAccountInput!) { answer: createAccount(input: $input) { __typename ${problems} ... on CreateAccountSuccess { user { email } } } }`,
  changeRole: `mutation ($input: ChangeMemberRoleInput!) { answer: changeMemberRole(input: $input) { __typename ${problems} ... on ChangeMemberRoleSuccess { membership { role user { name } } } } }`,
  remove: `mutation ($input: RemoveMemberInput!) { answer: removeMember(input: $input) { __typename ${problems} } }`,
  leave: `mutation ($id: ID!) { answer: leaveTeam(id: $id) { __typename ${problems} } }`,
  createTeam: `mutation ($input: CreateTeamInput!) { answer: createTeam(input: $input) { __typename ${problems} ... on CreateTeamSuccess { team { id name projects { id } } } } }`,
  changePassword: `mutation ($input: ChangePasswordInput!) { answer: changePassword(input: $input) { __typename ${problems} } }`,
};
const offer = 'query ($secret: String!) { invitationOffer(secret: $secret) { teamName role email invitedBy } }';

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly issues?: { readonly path: string; readonly message: string }[];
  readonly secret: string;
  readonly invitation: { readonly id: string };
  readonly team: { readonly id: string };
}

/** Does one of the operations as a person, or as nobody (null), and answers its result. */
async function as(user: { id: string } | null, what: keyof typeof operations, variables: object): Promise<Result> {
  const cookie = user ? (await api.signedIn(user)).cookie : null;
  const answer = await api.run(cookie, operations[what], variables);
  expect(answer.errors).toBeUndefined();
  return answer.data.answer as Result;
}

const invite = (user: { id: string }, input: object = {}) =>
  as(user, 'invite', { input: { teamId: `team_${own.team.id}`, role: 'engineer', days: 7, ...input } });
const signIn = (email: string, password: string) =>
  fetch(`${api.url}/internal/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline-internal': internalSecret },
    body: JSON.stringify({ email, password }),
  });
const roleOf = async (user: { id: string }, team: { id: string } = own.team) =>
  (await api.db.member.findUnique({ where: { teamId_userId: { teamId: team.id, userId: user.id } } }))?.role ?? null;

describe('an invitation', () => {
  it('makes an account once, which signs in and is a member with its role; its secret is kept as a hash alone and never logged', async () => {
    const { secret } = await invite(own.admin);
    expect((await api.run(null, offer, { secret })).data.invitationOffer).toEqual({
      teamName: own.team.name,
      role: 'engineer',
      email: null,
      invitedBy: own.admin.name,
    });
    const account = { secret, name: 'Eve', email: 'Eve@Example.org', password: 'four words are enough' };
    const short = await as(null, 'createAccount', { input: { ...account, password: 'short' } });
    expect(short.issues).toMatchObject([{ path: 'password' }]);
    const answers = await Promise.all(
      [1, 2, 3].map((n) => as(null, 'createAccount', { input: { ...account, email: `eve${n}@example.org` } })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['CreateAccountSuccess', 'NotAllowed', 'NotAllowed']);
    const [made] = await api.db.user.findMany({ where: { email: { startsWith: 'eve' } } });
    expect(await api.db.user.count({ where: { email: { startsWith: 'eve' } } })).toBe(1);
    expect(made && (await roleOf(made))).toBe('engineer');
    expect((await signIn(made?.email ?? '', account.password)).status).toBe(200);
    expect((await api.run(null, offer, { secret })).data.invitationOffer).toBeNull();
    expect(JSON.stringify(await api.db.invitation.findMany())).not.toContain(secret);
    expect(api.logged.join('')).not.toContain(secret);
  });

  it('takes an account that exists into the team at once, and no second time', async () => {
    const { secret } = await invite(own.owner, { role: 'viewer' });
    const person = await createUser(api.db);
    const known = await as(null, 'createAccount', { input: { secret, name: 'x', email: person.email, password: 'four words are enough' } });
    expect(known.issues).toMatchObject([{ path: 'email', message: expect.stringContaining('sign in with it') }]);
    const joined = await as(person, 'accept', { secret });
    expect(joined).toEqual({
      __typename: 'AcceptInvitationSuccess',
      team: { name: own.team.name, projects: [{ name: own.project.name }] },
    });
    expect(await roleOf(person)).toBe('viewer');
    expect((await as(own.engineer, 'accept', { secret })).__typename).toBe('NotAllowed');
    const second = await invite(own.owner);
    expect((await as(person, 'accept', { secret: second.secret })).issues?.[0]?.message).toContain('member of');
    expect((await api.run(null, offer, { secret: second.secret })).data.invitationOffer).not.toBeNull();
  });

  it('for one e-mail is of no use to another, and a member is not invited', async () => {
    const { secret } = await invite(own.owner, { email: 'Wanted@Example.org' });
    const other = await createUser(api.db);
    expect((await as(other, 'accept', { secret })).message).toContain('wanted@example.org');
    const account = { secret, name: 'x', email: 'other@example.org', password: 'four words are enough' };
    expect((await as(null, 'createAccount', { input: account })).__typename).toBe('NotAllowed');
    expect(await api.db.user.count({ where: { email: 'other@example.org' } })).toBe(0);
    expect((await invite(own.owner, { email: own.viewer.email })).issues).toMatchObject([{ path: 'email' }]);
  });

  it('that expired, was revoked, or whose maker lost the right to invite is worth nothing', async () => {
    const [expired, revoked] = [await invite(own.owner), await invite(own.owner)];
    const past = new Date(Date.now() - 1000);
    await api.db.invitation.update({ where: { id: expired.invitation.id.slice(4) }, data: { expiresAt: past } });
    expect((await as(own.admin, 'revoke', { id: revoked.invitation.id })).__typename).toBe('RevokeInvitationSuccess');
    const admin = await createMember(api.db, own.team, 'admin');
    const orphaned = await invite(admin);
    const input = { teamId: `team_${own.team.id}`, userId: `usr_${admin.id}` };
    expect((await as(own.owner, 'changeRole', { input: { ...input, role: 'engineer' } })).__typename).toBe('ChangeMemberRoleSuccess');
    const person = await createUser(api.db);
    for (const { secret } of [expired, revoked, orphaned, { secret: 'guessed' }]) {
      expect((await as(person, 'accept', { secret })).__typename).toBe('NotAllowed');
      expect((await api.run(null, offer, { secret })).data.invitationOffer).toBeNull();
    }
    expect(await roleOf(person)).toBeNull();
  });

  it('makes no owner by an admin', async () => {
    expect((await invite(own.admin, { role: 'owner' })).message).toContain('Only an owner');
    expect((await invite(own.owner, { role: 'owner' })).__typename).toBe('CreateInvitationSuccess');
  });
});

describe('the last owner', () => {
  const team = async (owners: number) => {
    const made = await createTeam(api.db);
    return {
      id: `team_${made.id}`,
      made,
      owners: await Promise.all(Array.from({ length: owners }, () => createMember(api.db, made, 'owner'))),
    };
  };

  it('cannot be made less, removed, or leave', async () => {
    const { id, made, owners } = await team(1);
    const owner = owners[0]!;
    const input = { teamId: id, userId: `usr_${owner.id}` };
    for (const answer of [
      await as(owner, 'changeRole', { input: { ...input, role: 'admin' } }),
      await as(owner, 'remove', { input }),
      await as(owner, 'leave', { id }),
    ])
      expect(answer.issues?.[0]?.message).toContain('last owner');
    expect(await roleOf(owner, made)).toBe('owner');
  });

  it('remains of four who all leave, demote or remove each other at once', async () => {
    const { id, made, owners } = await team(4);
    const [a, b, c, d] = owners as [typeof own.owner, typeof own.owner, typeof own.owner, typeof own.owner];
    const of = (user: { id: string }) => ({ teamId: id, userId: `usr_${user.id}` });
    await Promise.all([
      as(a, 'leave', { id }),
      as(b, 'changeRole', { input: { ...of(c), role: 'viewer' } }),
      as(c, 'remove', { input: of(b) }),
      as(d, 'leave', { id }),
      as(a, 'changeRole', { input: { ...of(d), role: 'viewer' } }),
      as(c, 'leave', { id }),
      as(b, 'leave', { id }),
    ]);
    expect(await api.db.member.count({ where: { teamId: made.id, role: 'owner' } })).toBeGreaterThanOrEqual(1);
  });

  it('an admin changes members, but neither makes nor unmakes owners', async () => {
    const member = await createMember(api.db, own.team, 'viewer');
    const of = (user: { id: string }) => ({ teamId: `team_${own.team.id}`, userId: `usr_${user.id}` });
    const changed = await as(own.admin, 'changeRole', { input: { ...of(member), role: 'admin' } });
    expect(changed).toMatchObject({ membership: { role: 'admin', user: { name: member.name } } });
    for (const answer of [
      await as(own.admin, 'changeRole', { input: { ...of(member), role: 'owner' } }),
      await as(own.admin, 'changeRole', { input: { ...of(own.owner), role: 'viewer' } }),
      await as(own.admin, 'remove', { input: of(own.owner) }),
    ])
      expect(answer.message).toContain('Only an owner');
    const stranger = await createUser(api.db);
    expect((await as(own.admin, 'remove', { input: of(stranger) })).__typename).toBe('NotFound');
  });
});

describe('a role that is taken away', () => {
  it('stops within 5 s: requests and live subscriptions, which tell of it first', async () => {
    const member = await createMember(api.db, own.team, 'engineer');
    const { cookie } = await api.signedIn(member);
    const project = `prj_${own.project.id}`;
    const seen: string[] = [];
    let ended = false;
    const client = socketClient(api, { cookie }, { lazy: false });
    client.subscribe(
      { query: `subscription { projectChanged(projectId: "${project}") { kind } }` },
      {
        next: ({ data }) => void seen.push(String((data as { projectChanged: { kind: string } }).projectChanged.kind)),
        error: (error) => void seen.push(JSON.stringify(error)),
        complete: () => void (ended = true),
      },
    );
    const of = { teamId: `team_${own.team.id}`, userId: `usr_${member.id}` };
    const create = `mutation { createDataset(input: { projectId: "${project}", name: "x" }) { __typename } }`;
    const reads = async () => (await api.run(cookie, `{ project(id: "${project}") { viewerRole } }`)).data.project;
    expect(await reads()).toEqual({ viewerRole: 'engineer' });
    // A subscription that has begun is told of its own person's role; how soon it began is not known.
    await eventually('the subscription tells of the role', 10_000, async () => {
      const role = seen.length === 0 && (await roleOf(member)) === 'engineer' ? 'viewer' : 'engineer';
      await as(own.owner, 'changeRole', { input: { ...of, role } });
      return seen.includes('access');
    });
    await as(own.owner, 'changeRole', { input: { ...of, role: 'viewer' } });
    expect((await api.run(cookie, create)).data.createDataset.__typename).toBe('NotAllowed');
    expect(ended).toBe(false);
    await as(own.admin, 'remove', { input: of });
    expect(await reads()).toBeNull();
    expect((await api.run(cookie, create)).data.createDataset.__typename).toBe('NotFound');
    await eventually('the subscription ends', 5000, () => ended);
    await client.dispose();
  });
});

describe('a team', () => {
  it('is made by an admin or owner of another, who owns it at once', async () => {
    const answer = await as(own.admin, 'createTeam', { input: { name: ' Line 5 ' } });
    expect(answer).toEqual({
      __typename: 'CreateTeamSuccess',
      team: { id: expect.stringMatching(/^team_/), name: 'Line 5', projects: [] },
    });
    expect(await roleOf(own.admin, { id: answer.team.id.slice(5) })).toBe('owner');
    expect((await as(own.viewer, 'createTeam', { input: { name: 'x' } })).__typename).toBe('NotAllowed');
  });

  const list = `query ($id: ID!) { node(id: $id) { ... on Team { members(first: 2) { totalCount pageInfo { hasNextPage } edges { node { role joinedAt user { name email } } } } } } }`;

  it('shows its members to each of them, and its invitations and audit events to admins and owners alone', async () => {
    const id = `team_${own.team.id}`;
    const viewer = (await api.signedIn(own.viewer)).cookie;
    const admin = (await api.signedIn(own.admin)).cookie;
    let page = await api.run(viewer, list, { id });
    const sent = await statementsOf(async () => void (page = await api.run(viewer, list, { id })));
    expect(page.data.node.members).toMatchObject({
      pageInfo: { hasNextPage: true },
      edges: [{ node: { role: 'owner', user: { email: own.owner.email } } }, { node: { role: 'admin' } }],
    });
    expect(sent.length).toBeLessThanOrEqual(5);
    for (const field of ['invitations', 'auditEvents']) {
      const query = `query ($id: ID!) { node(id: $id) { ... on Team { ${field} { totalCount } } } }`;
      expect((await api.run(viewer, query, { id })).errors?.[0]?.extensions.code, field).toBe('FORBIDDEN');
      expect((await api.run(admin, query, { id })).data.node[field].totalCount).toBeGreaterThan(0);
    }
  });
});

describe('the audit trail', () => {
  const events = `query ($id: ID!, $area: AuditArea, $actorId: ID, $first: Int, $after: String) { node(id: $id) { ... on Team {
    auditEvents(area: $area, actorId: $actorId, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
      edges { node { id at actorName tokenName action area sentence subjectId } } } } } }`;

  it('says who did what, by area and person, page by page, and nothing of other teams', async () => {
    const mine = await scenarios.teamWithProject(api.db);
    const id = `team_${mine.team.id}`;
    const { cookie } = await api.signedIn(mine.owner);
    const sentences = async (variables: object = {}) => {
      const { data } = await api.run(cookie, events, { id, ...variables });
      return (data.node.auditEvents.edges as { node: { sentence: string } }[]).map(({ node }) => node.sentence);
    };
    expect(await sentences()).toEqual([]);
    await api.db.user.update({ where: { id: mine.viewer.id }, data: { passwordHash: await hashPassword('a good password') } });
    await signIn(mine.viewer.email, 'a good password');
    const input = { teamId: id, userId: `usr_${mine.viewer.id}` };
    await as(mine.owner, 'changeRole', { input: { ...input, role: 'engineer' } });
    await as(mine.admin, 'invite', { input: { teamId: id, role: 'viewer', email: 'eve@example.com', days: 1 } });
    const create = `mutation { createProject(input: { teamId: "${id}", name: "Castings" }) { __typename } }`;
    await api.run(cookie, create);
    await as(mine.admin, 'changeRole', { input: { ...input, role: 'owner' } });
    expect(await sentences()).toEqual([
      `${mine.owner.name} made the project Castings.`,
      `${mine.admin.name} invited eve@example.com (as viewer).`,
      `${mine.owner.name} changed the role of ${mine.viewer.name} (viewer → engineer).`,
      `${mine.viewer.name} signed in (by password, from this machine or a proxy on it).`,
    ]);
    expect(await sentences({ area: 'signIns' })).toHaveLength(1);
    expect(await sentences({ actorId: `usr_${mine.owner.id}` })).toHaveLength(2);
    const first = await api.run(cookie, events, { id, first: 3 });
    const { endCursor: after } = first.data.node.auditEvents.pageInfo;
    expect(await sentences({ first: 3, after })).toEqual([
      `${mine.viewer.name} signed in (by password, from this machine or a proxy on it).`,
    ]);
    const sent = await statementsOf(() => api.run(cookie, events, { id }));
    expect(sent.length).toBeLessThanOrEqual(5);
  });
});

describe('another password', () => {
  it('ends the other sign-ins and not this one, and only who knows the present one sets it', async () => {
    const member = await createMember(api.db, own.team, 'viewer', { passwordHash: await hashPassword('the first password') });
    const [here, elsewhere] = [await api.signedIn(member), await api.signedIn(member)];
    const me = async (cookie: string) => (await api.run(cookie, '{ me { id } }')).data.me as object | null;
    expect([await me(here.cookie), await me(elsewhere.cookie)]).not.toContain(null);
    const change = async (current: string, password: string) =>
      (await api.run(here.cookie, operations.changePassword, { input: { current, password } })).data.answer as Result;
    expect((await change('a guess', 'the second password')).issues).toMatchObject([{ path: 'current' }]);
    expect((await change('the first password', 'short')).issues).toMatchObject([{ path: 'password' }]);
    expect((await change('the first password', 'the second password')).__typename).toBe('ChangePasswordSuccess');
    expect(await me(elsewhere.cookie)).toBeNull();
    expect(await me(here.cookie)).not.toBeNull();
    expect((await signIn(member.email, 'the first password')).status).toBe(401);
    expect((await signIn(member.email, 'the second password')).status).toBe(200);
    for (let i = 0; i < 5; i++) await change('a guess', 'the third password');
    expect((await change('the second password', 'the third password')).message).toContain('Too many attempts');
    expect(api.logged.join('')).not.toContain('second password');
  });
});
