import type { ApiTokenScope, Role } from '@plumbline/prisma';
import type { Actor } from './actor.ts';
import type { Context } from './context.ts';
import type { Identified } from './identified.ts';
import { NotAllowed, NotFound, SignedOut } from './problems.ts';

const ranks: Record<Role, number> = { viewer: 0, engineer: 1, admin: 2, owner: 3 };

/** Every permission: the lowest role that has it, and what it lets a person do, for the sentence that refuses it. */
const permissions = {
  'apiToken.create': ['viewer', 'make an API token'],
  'team.create': ['admin', 'make another team'],
  'team.rename': ['admin', 'rename the team'],
  'member.read': ['viewer', 'see who belongs to the team'],
  'member.leave': ['viewer', 'leave the team'],
  'member.manage': ['admin', 'change roles and remove members'],
  'invitation.read': ['admin', 'see invitations'],
  'invitation.manage': ['admin', 'invite people and revoke invitations'],
  'audit.read': ['admin', 'see who did what'],
  'webhook.read': ['admin', 'see webhooks'],
  'webhook.manage': ['admin', 'make, change, test and delete webhooks'],
  'worker.drain': ['admin', 'drain workers'],
  'project.read': ['viewer', 'see the project'],
  'project.create': ['admin', 'create a project'],
  'dataset.read': ['viewer', 'see the dataset'],
  'dataset.create': ['engineer', 'create a dataset'],
  'dataset.rename': ['engineer', 'rename a dataset'],
  'dataset.import': ['engineer', 'bring images into a dataset'],
  'dataset.delete': ['admin', 'delete a dataset'],
  'dataset.edit': ['engineer', 'move, label and delete images'],
  'dataset.restore': ['admin', 'restore a dataset'],
  'dataset.mask': ['engineer', 'draw masks'],
  'recipe.read': ['viewer', 'see the recipe'],
  'variant.save': ['engineer', 'save a variant'],
  'variant.rename': ['engineer', 'rename a variant'],
  'variant.archive': ['engineer', 'archive a variant'],
  'variant.delete': ['engineer', 'delete a variant'],
  'training.run.read': ['viewer', 'see the training run'],
  'training.run.start': ['engineer', 'start a training'],
  'training.run.pause': ['engineer', 'pause, resume and order trainings'],
  'training.run.cancel': ['engineer', 'cancel a training'],
  'runView.read': ['viewer', 'see saved views'],
  'runView.save': ['viewer', 'save views of their own'],
  'runView.share': ['engineer', 'share views with the team'],
  'runView.manage': ['admin', 'change views that others share'],
  'experiment.read': ['viewer', 'see the experiment'],
  'experiment.start': ['engineer', 'start an experiment'],
  'experiment.control': ['engineer', 'pause, resume and cancel an experiment'],
  'evaluation.read': ['viewer', 'see the evaluation'],
  'evaluation.start': ['engineer', 'start an evaluation'],
  'evaluation.cancel': ['engineer', 'cancel an evaluation'],
  'evaluation.delete': ['engineer', 'delete an evaluation'],
  'comparison.read': ['viewer', 'see the comparison'],
  'comparison.save': ['engineer', 'save a comparison'],
  'comparison.delete': ['engineer', 'delete a comparison'],
  'shareLink.read': ['engineer', 'see the links of a comparison'],
  'shareLink.manage': ['engineer', 'share a comparison'],
  'comment.read': ['viewer', 'read comments'],
  'comment.write': ['engineer', 'comment'],
  'comment.moderate': ['admin', 'delete comments of others'],
} as const satisfies Record<string, readonly [Role, string]>;

export type Permission = keyof typeof permissions;

const holders: Record<Role, string> = {
  viewer: 'Members',
  engineer: 'Engineers, admins and owners',
  admin: 'Admins and owners',
  owner: 'Owners',
};

export function holds(role: Role, permission: Permission): boolean {
  return ranks[role] >= ranks[permissions[permission][0]];
}

/** What belongs to a person's own hands: no ApiToken may do it, whatever its scopes, so that a lost one cannot make itself at home. */
const neverByToken: ReadonlySet<Permission> = new Set<Permission>([
  'apiToken.create',
  'team.create',
  'team.rename',
  'member.leave',
  'member.manage',
  'invitation.manage',
  'webhook.manage',
  'shareLink.manage',
]);
const onlyInPerson = 'An API token cannot do this; sign in with a browser.';

/** Why the credential itself, whatever the role, does not reach to the permission; null where it does. */
function shortfall({ credential }: Actor, permission: Permission): string | null {
  if (credential.kind === 'session') return null;
  if (neverByToken.has(permission)) return onlyInPerson;
  const needed: ApiTokenScope = permission.endsWith('.read') ? 'read' : 'write';
  return credential.scopes.includes(needed) ? null : `This API token has no scope to ${needed}; make one that has.`;
}

/** Whether a role is above another one. */
export const isAbove = (role: Role, other: Role): boolean => ranks[role] > ranks[other];

/** Who asks. @throws SignedOut */
export function signedIn(context: Pick<Context, 'actor'>): Actor {
  if (!context.actor) throw new SignedOut();
  return context.actor;
}

/** Who asks, by a sign-in of their own. @throws SignedOut, NotAllowed for an API token */
export function inPerson(context: Pick<Context, 'actor'>): Actor {
  const actor = signedIn(context);
  if (actor.credential.kind !== 'session') throw new NotAllowed(onlyInPerson);
  return actor;
}

/** The teams in which the person has the permission: what a query is limited to. @throws SignedOut */
export function teamsWith(context: Pick<Context, 'actor'>, permission: Permission): string[] {
  const actor = signedIn(context);
  if (shortfall(actor, permission)) return [];
  return [...actor.roles].filter(([, role]) => holds(role, permission)).map(([teamId]) => teamId);
}

/**
 * Asserts the permission in the team that a thing belongs to.
 * @param type of the thing, whose absence a stranger is told of
 * @throws SignedOut, NotFound for a team the person is no member of, NotAllowed for a role that is too low, or an API token without the scope
 */
export function assertPermission(context: Pick<Context, 'actor'>, permission: Permission, teamId: string, type: Identified): void {
  const actor = signedIn(context);
  const role = actor.roles.get(teamId);
  if (!role) throw new NotFound(type);
  const missing = shortfall(actor, permission);
  if (missing) throw new NotAllowed(missing);
  if (holds(role, permission)) return;
  const [needed, does] = permissions[permission];
  throw new NotAllowed(`${holders[needed]} can ${does}; your role in this team is ${role}. Ask an admin of the team.`);
}

/** True where the person has the permission in at least one team: for things that belong to no team yet, such as an upload. */
export function hasAnywhere(actor: Actor, permission: Permission): boolean {
  return shortfall(actor, permission) === null && [...actor.roles.values()].some((role) => holds(role, permission));
}
