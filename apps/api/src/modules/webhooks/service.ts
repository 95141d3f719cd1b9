import type { Prisma, Webhook, WebhookDelivery, WebhookEvent } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { given, parse } from '../../validation.ts';
import { newSecret } from '../accounts/secrets.ts';
import { deliver } from './deliver.ts';

type Tx = Prisma.TransactionClient;

/** Of one team. */
const mostWebhooks = 50;

export const webhookEvents = ['runSucceeded', 'runFailed', 'runCancelled', 'evaluationFinished'] as const satisfies readonly WebhookEvent[];

const url = z
  .string()
  .trim()
  .max(2000, 'The address is longer than 2,000 characters; shorten it.')
  .superRefine((text, check) => {
    const problem = addressProblem(text);
    if (problem) check.addIssue({ code: 'custom', message: problem });
  });
const events = z.array(z.enum(webhookEvents)).min(1, 'The webhook has no event; choose at least one.');
const createSchema = z.object({ teamId: z.string(), projectId: z.string().nullish(), url, events });
const changeSchema = z.object({ id: z.string(), url: url.nullish(), events: events.nullish(), enabled: z.boolean().nullish() });

/** Why an address is none; whether it may be reached is the worker's to say, when it resolves it. */
function addressProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'This is no address; write it out, for example https://example.org/plumbline.';
  const { protocol, username, password, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The address begins with neither https:// nor http://.';
  if (username !== '' || password !== '') return 'The address holds a name or password; take them out, the signature proves who calls.';
  return hash === '' ? null : 'The address holds a part behind #, which is never sent; take it out.';
}

const hostOf = (webhook: { readonly url: string }): string => new URL(webhook.url).host;
const subjectOf = (webhook: Webhook) => ({ subject: hostOf(webhook), subjectId: publicId('Webhook', webhook.id) });

/** Webhooks of a team, of all its projects or one, newest first. @throws NotAllowed */
export async function listWebhooks(
  context: Context,
  { id: teamId }: { readonly id: string },
  { projectId, ...request }: PageRequest & { readonly projectId?: string | null | undefined },
  query: object,
): Promise<Page<Webhook>> {
  assertPermission(context, 'webhook.read', teamId, 'Team');
  const where = { teamId, ...(projectId ? { projectId: rowIdOf('Project', projectId) } : {}) };
  const rows = await context.db.webhook.findMany({
    ...query,
    where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
    ...behind('Webhook', request, { teamId }),
  });
  return toPage(
    rows,
    request,
    (webhook) => publicId('Webhook', webhook.id),
    () => context.db.webhook.count({ where }),
  );
}

/** A webhook of a team in which the person may see them. @throws NotAllowed, NotFound */
export async function readWebhook(context: Context, id: string): Promise<Webhook> {
  signedIn(context);
  const webhook = await context.db.webhook.findUnique({ where: { id: rowIdOf('Webhook', id) } });
  if (!webhook) throw new NotFound('Webhook');
  assertPermission(context, 'webhook.read', webhook.teamId, 'Webhook');
  return webhook;
}

/** Makes a webhook; the secret that signs its deliveries is answered here and never again. @throws InvalidInput, NotAllowed, NotFound */
export async function createWebhook(context: Context, raw: unknown): Promise<{ webhook: Webhook; secret: string }> {
  const actor = signedIn(context);
  const input = parse(createSchema, raw);
  const teamId = rowIdOf('Team', input.teamId);
  assertPermission(context, 'webhook.manage', teamId, 'Team');
  const secret = `whsec_${newSecret()}`;
  const webhook = await context.db.$transaction(async (tx) => {
    const projectId = input.projectId ? rowIdOf('Project', input.projectId) : null;
    if (projectId && (await tx.project.count({ where: { id: projectId, teamId } })) === 0) throw new NotFound('Project');
    if ((await tx.webhook.count({ where: { teamId } })) >= mostWebhooks)
      throw InvalidInput.at('', `The team has ${mostWebhooks} webhooks already; delete one that is no longer used.`);
    const data = { teamId, projectId, url: input.url, events: [...new Set(input.events)], secret, createdById: actor.userId };
    const made = await tx.webhook.create({ data });
    await recordAudit(tx, actor, 'webhook.create', { teamId, ...subjectOf(made), detail: made.events.join(', ') });
    return made;
  });
  return { webhook, secret };
}

async function own(context: Context, tx: Tx, id: string): Promise<Webhook> {
  signedIn(context);
  const webhook = await tx.webhook.findUnique({ where: { id: rowIdOf('Webhook', id) } });
  if (!webhook) throw new NotFound('Webhook');
  assertPermission(context, 'webhook.manage', webhook.teamId, 'Webhook');
  return webhook;
}

/** Changes address or events, disables or enables it; enabled anew it begins without its failures. @throws InvalidInput, NotAllowed, NotFound */
export async function changeWebhook(context: Context, raw: unknown): Promise<Webhook> {
  const actor = signedIn(context);
  const input = parse(changeSchema, raw);
  return context.db.$transaction(async (tx) => {
    const before = await own(context, tx, input.id);
    const enabling = input.enabled === true && before.disabledAt !== null;
    const disabling = input.enabled === false && before.disabledAt === null;
    const after = await tx.webhook.update({
      where: { id: before.id },
      data: {
        ...given({ url: input.url, events: input.events && [...new Set(input.events)] }),
        ...(enabling ? { disabledAt: null, disabledReason: null, failingSince: null } : {}),
        ...(disabling ? { disabledAt: new Date(), disabledReason: null } : {}),
      },
    });
    const action = enabling ? 'webhook.enable' : disabling ? 'webhook.disable' : 'webhook.change';
    await recordAudit(tx, actor, action, { teamId: after.teamId, ...subjectOf(after), detail: after.events.join(', ') });
    return after;
  });
}

/** Deletes a webhook with its deliveries; what was under way is not sent any more. @throws NotAllowed, NotFound */
export async function deleteWebhook(context: Context, id: string): Promise<string> {
  const actor = signedIn(context);
  await context.db.$transaction(async (tx) => {
    const webhook = await own(context, tx, id);
    await tx.webhook.delete({ where: { id: webhook.id } });
    await recordAudit(tx, actor, 'webhook.delete', { teamId: webhook.teamId, ...subjectOf(webhook) });
  });
  return id;
}

/** Sends a test now, to a disabled webhook too; one attempt tells what comes of it. @throws NotAllowed, NotFound */
export async function testWebhook(context: Context, id: string): Promise<WebhookDelivery> {
  const actor = signedIn(context);
  return context.db.$transaction(async (tx) => {
    const webhook = await own(context, tx, id);
    const team = await tx.team.findUniqueOrThrow({ where: { id: webhook.teamId } });
    const body = {
      event: 'test',
      at: new Date().toISOString(),
      team: { id: publicId('Team', team.id), name: team.name },
      askedBy: actor.name,
      url: new URL(`/teams/${publicId('Team', team.id)}/webhooks`, context.publicUrl).href,
    };
    return deliver(context, tx, webhook, 'test', body);
  });
}

/** Deliveries of a webhook, newest first; they are kept for thirty days. */
export async function listDeliveries(
  { db }: Context,
  webhook: { readonly id: string },
  request: PageRequest,
  query: object,
): Promise<Page<WebhookDelivery>> {
  const where = { webhookId: webhook.id };
  const rows = await db.webhookDelivery.findMany({
    ...query,
    where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
    ...behind('WebhookDelivery', request, { webhookId: webhook.id }),
  });
  return toPage(
    rows,
    request,
    (delivery) => publicId('WebhookDelivery', delivery.id),
    () => db.webhookDelivery.count({ where }),
  );
}
