import { auditAreas } from '../../audit.ts';
import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { publicId } from '../../ids.ts';
import { TeamType } from '../accounts/schema.ts';
import { areaOf, listAuditEvents, sentenceOf } from './service.ts';

const inWords: Record<(typeof auditAreas)[number], string> = {
  signIns: 'Sign-ins and passwords.',
  members: 'The team, its members and invitations.',
  tokens: 'API tokens.',
  webhooks: 'Webhooks.',
  work: 'What was made, started and cancelled.',
  deletions: 'What was deleted.',
};

const AuditAreaType = builder.enumType('AuditArea', {
  description: 'What an audit event is about.',
  values: Object.fromEntries(auditAreas.map((area) => [area, { description: inWords[area] }])) as Record<
    (typeof auditAreas)[number],
    { description: string }
  >,
});

const AuditEventType = builder.prismaObject('AuditEvent', {
  description: 'Who did what, and when; it stays when what it names is gone.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `aud_<uuid>`.', resolve: (event) => publicId('AuditEvent', event.id) }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    actorName: t.exposeString('actorName', { description: 'Who, as they were called then.' }),
    tokenName: t.exposeString('tokenName', { nullable: true, description: 'Name of the API token by which it was done.' }),
    action: t.exposeString('action', { description: 'What, as one word for machines, such as `member.role`.' }),
    area: t.field({ type: AuditAreaType, description: 'What it is about.', resolve: areaOf }),
    sentence: t.string({ description: 'All of it in one sentence.', resolve: sentenceOf }),
    subjectId: t.exposeString('subjectId', { nullable: true, description: 'Id of what it was done to.' }),
  }),
});

const AuditEvents = connectionOf('TeamAuditEventsConnection', AuditEventType, 'audit events');

builder.prismaObjectField(TeamType, 'auditEvents', (t) =>
  t.field({
    type: AuditEvents,
    description: 'Who did what, newest first; for admins and owners.',
    complexity: pageComplexity,
    args: {
      area: t.arg({ type: AuditAreaType, description: 'Only what is about this.' }),
      actorId: t.arg.id({ description: 'Only what this person did.' }),
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
    },
    resolve: (team, args, context, info) =>
      listAuditEvents(context, team, args, relationsOf(context, info, 'AuditEvent', ['edges', 'node'])),
  }),
);
