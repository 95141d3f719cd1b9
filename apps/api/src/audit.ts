import type { Prisma } from '@plumbline/prisma';
import type { Actor } from './actor.ts';

/** Every action that leaves an AuditEvent: the area that it is found under, and what it reads like after the person's name. */
export const auditActions = {
  'session.open': ['signIns', 'signed in'],
  'session.refuse': ['signIns', 'was refused a sign-in'],
  'session.reuse': ['signIns', 'lost a sign-in, of which an old cookie was used again'],
  'session.revoke': ['signIns', 'ended a sign-in'],
  'password.change': ['signIns', 'changed their password'],
  'identity.link': ['signIns', 'signs in from now on also by'],
  'identity.unlink': ['signIns', 'no longer signs in by'],
  'team.create': ['members', 'made the team'],
  'team.rename': ['members', 'renamed the team to'],
  'invitation.create': ['members', 'invited'],
  'invitation.revoke': ['members', 'revoked the invitation of'],
  'member.join': ['members', 'joined the team'],
  'member.role': ['members', 'changed the role of'],
  'member.remove': ['members', 'removed'],
  'member.leave': ['members', 'left the team'],
  'apiToken.create': ['tokens', 'made the API token'],
  'apiToken.revoke': ['tokens', 'revoked the API token'],
  'webhook.create': ['webhooks', 'made the webhook to'],
  'webhook.change': ['webhooks', 'changed the webhook to'],
  'webhook.enable': ['webhooks', 'enabled the webhook to'],
  'webhook.disable': ['webhooks', 'disabled the webhook to'],
  'webhook.delete': ['webhooks', 'deleted the webhook to'],
  'worker.drain': ['work', 'drained the worker'],
  'worker.undrain': ['work', 'let the worker take jobs again:'],
  'project.create': ['work', 'made the project'],
  'import.start': ['work', 'started an import into'],
  'training.start': ['work', 'started a training of'],
  'training.cancel': ['work', 'cancelled a training of'],
  'training.continue': ['work', 'continued a training of'],
  'experiment.create': ['work', 'started the experiment'],
  'experiment.cancel': ['work', 'cancelled the experiment'],
  'evaluation.start': ['work', 'started an evaluation of'],
  'evaluation.cancel': ['work', 'cancelled an evaluation of'],
  'dataset.delete': ['deletions', 'deleted the dataset'],
  'dataset.restore': ['deletions', 'restored the dataset'],
  'images.delete': ['deletions', 'deleted images of'],
  'evaluation.delete': ['deletions', 'deleted an evaluation of'],
  'variant.delete': ['deletions', 'deleted the variant'],
  'comparison.delete': ['deletions', 'deleted the comparison'],
  'comparison.restore': ['deletions', 'restored the comparison'],
  'shareLink.create': ['work', 'made a share link to'],
  'shareLink.revoke': ['work', 'revoked a share link to'],
} as const satisfies Record<string, readonly [AuditArea, string]>;

export const auditAreas = ['signIns', 'members', 'tokens', 'webhooks', 'work', 'deletions'] as const;
export type AuditArea = (typeof auditAreas)[number];
export type AuditAction = keyof typeof auditActions;

export interface AuditEntry {
  /** Null for what a person does to their own account: admins of each of their teams see it. */
  readonly teamId: string | null;
  /** What it was done to, as it is called now. */
  readonly subject?: string;
  /** Its public id. */
  readonly subjectId?: string;
  readonly detail?: string;
}

/** Who did it: a person by what they came with, or one who has no session yet. */
export type AuditActor = Pick<Actor, 'userId' | 'name'> & Partial<Pick<Actor, 'credential'>>;

/** Writes who did what, in the transaction that does it: both happened, or neither. */
export async function recordAudit(tx: Prisma.TransactionClient, actor: AuditActor, action: AuditAction, entry: AuditEntry): Promise<void> {
  const tokenName = actor.credential?.kind === 'token' ? actor.credential.name : null;
  await tx.auditEvent.create({ data: { ...entry, action, actorId: actor.userId, actorName: actor.name, tokenName } });
}
