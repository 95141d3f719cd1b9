import { addNotification, type Work } from '@plumbline/jobs';
import type { Prisma, Webhook, WebhookDelivery } from '@plumbline/prisma';
import type { WorkerContext } from '../context.ts';
import type { AllowedAddresses } from './addresses.ts';
import { patienceMs, waitAfter } from './schedule.ts';
import { send, type SendResult } from './send.ts';
import { signatureOf } from './signature.ts';

type Tx = Prisma.TransactionClient;
type Delivery = WebhookDelivery & { readonly webhook: Webhook };

/** Makes one attempt at a delivery and writes what came of it; the next one is a job that waits. A webhook that fails for days is disabled. */
export function webhookHandler(context: WorkerContext, allowed: AllowedAddresses) {
  return async (work: Work<'webhook'>): Promise<void> => {
    const id = work.payload.deliveryId;
    const delivery = await context.prisma.webhookDelivery.findUnique({
      where: { id },
      include: { webhook: true, _count: { select: { attempts: true } } },
    });
    if (delivery?.state !== 'waiting') return;
    const { webhook, event, body } = delivery;
    if (webhook.disabledAt && event !== 'test') {
      await context.prisma.webhookDelivery.updateMany({ where: { id, state: 'waiting' }, data: { state: 'failed', dueAt: null } });
      return;
    }
    const number = delivery._count.attempts + 1;
    const at = new Date();
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Plumbline-Webhook/1',
      'x-plumbline-event': event,
      'x-plumbline-delivery': `dlv_${id}`,
      'x-plumbline-attempt': String(number),
      'x-plumbline-signature': signatureOf(webhook.secret, body, at),
    };
    const signal = AbortSignal.any([work.signal, context.stopping]);
    const result = await send({ url: webhook.url, headers, body }, allowed, signal);
    // Given back by a worker that ends: the attempt counts only if an answer came.
    if (signal.aborted && result.status === null) {
      await context.prisma.$transaction((tx) => context.jobs.release('webhook', work.payload, { tx }));
      return;
    }
    await context.prisma.$transaction((tx) => record(context, tx, delivery, number, at, result));
  };
}

async function record(
  context: WorkerContext,
  tx: Tx,
  delivery: Delivery,
  number: number,
  at: Date,
  { status, milliseconds, problem }: SendResult,
): Promise<void> {
  const { id, webhookId, event } = delivery;
  await tx.webhookAttempt.create({ data: { deliveryId: id, number, at, status, milliseconds, problem } });
  if (problem === null) {
    await tx.webhookDelivery.update({ where: { id }, data: { state: 'delivered', dueAt: null } });
    await tx.webhook.update({ where: { id: webhookId }, data: { failingSince: null } });
    return;
  }
  // Somebody waits for the outcome of a test: one attempt tells it.
  const wait = event === 'test' ? null : waitAfter(number);
  const dueAt = wait === null ? null : new Date(Date.now() + wait * 1000);
  await tx.webhookDelivery.update({ where: { id }, data: { state: wait === null ? 'failed' : 'waiting', dueAt } });
  if (wait !== null) await context.jobs.release('webhook', { deliveryId: id }, { tx, delaySeconds: wait });
  if (event !== 'test') await noteFailure(tx, delivery.webhook, problem);
}

/** Remembers since when it fails, and disables a webhook of which nobody takes anything any more. */
async function noteFailure(tx: Tx, { id, url, teamId, createdById }: Webhook, problem: string): Promise<void> {
  await tx.webhook.updateMany({ where: { id, failingSince: null }, data: { failingSince: new Date() } });
  const reason = `Nothing arrived for three days. Last: ${problem}`;
  const { count } = await tx.webhook.updateMany({
    where: { id, disabledAt: null, failingSince: { lt: new Date(Date.now() - patienceMs) } },
    data: { disabledAt: new Date(), disabledReason: reason },
  });
  if (count === 0) return;
  const { host } = new URL(url);
  const subject = { subject: host, subjectId: `whk_${id}`, detail: 'nothing arrived for three days' };
  await tx.auditEvent.create({ data: { teamId, actorName: 'Plumbline', action: 'webhook.disable', ...subject } });
  if (createdById === null) return;
  await addNotification(tx, {
    userId: createdById,
    teamId,
    kind: 'webhook.disabled',
    payload: { host, reason },
    link: `/teams/team_${teamId}/webhooks`,
  });
}
