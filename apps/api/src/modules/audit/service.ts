import type { AuditEvent, Prisma } from '@plumbline/prisma';
import { auditActions, type AuditAction, type AuditArea } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission } from '../../permissions.ts';

export interface AuditRequest extends PageRequest {
  readonly area?: AuditArea | null | undefined;
  readonly actorId?: string | null | undefined;
}

const isAction = (action: string): action is AuditAction => action in auditActions;

/** Who did what in a team, newest first, with what its members did to their own accounts. @throws NotAllowed */
export async function listAuditEvents(
  context: Context,
  { id: teamId }: { readonly id: string },
  { area = null, actorId = null, ...request }: AuditRequest,
  query: object,
): Promise<Page<AuditEvent>> {
  assertPermission(context, 'audit.read', teamId, 'Team');
  const actions = Object.entries(auditActions).flatMap(([action, [of]]) => (of === area ? [action] : []));
  const where: Prisma.AuditEventWhereInput = {
    OR: [{ teamId }, { teamId: null, actor: { members: { some: { teamId } } } }],
    ...(area === null ? {} : { action: { in: actions } }),
    ...(actorId === null ? {} : { actorId: rowIdOf('User', actorId) }),
  };
  const rows = await context.db.auditEvent.findMany({
    ...query,
    // Ids sort by time: no row has to be looked at, which might be another team's.
    where: request.after ? { AND: [where, { id: { lt: rowIdOf('AuditEvent', request.after) } }] } : where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
  });
  return toPage(
    rows,
    request,
    (event) => publicId('AuditEvent', event.id),
    () => context.db.auditEvent.count({ where }),
  );
}

export const areaOf = ({ action }: AuditEvent): AuditArea => (isAction(action) ? auditActions[action][0] : 'work');

/** What happened, as one sentence. */
export function sentenceOf({ actorName, tokenName, action, subject, detail }: AuditEvent): string {
  const does = isAction(action) ? auditActions[action][1] : action;
  return `${actorName} ${does}${subject === null ? '' : ` ${subject}`}${detail === null ? '' : ` (${detail})`}${tokenName === null ? '' : `, by the API token ${tokenName}`}.`;
}
