import type { Prisma, Webhook, WebhookDelivery } from '@plumbline/prisma';
import type { Platform } from '../../context.ts';

/** How long deliveries are kept. */
const keptMs = 30 * 24 * 3600 * 1000;

/** Writes a delivery with the body that every attempt sends, and queues its first attempt, in the caller's transaction. */
export async function deliver(
  { jobs }: Pick<Platform, 'jobs'>,
  tx: Prisma.TransactionClient,
  { id: webhookId }: Pick<Webhook, 'id'>,
  event: string,
  body: object,
): Promise<WebhookDelivery> {
  await tx.webhookDelivery.deleteMany({ where: { webhookId, createdAt: { lt: new Date(Date.now() - keptMs) } } });
  const delivery = await tx.webhookDelivery.create({ data: { webhookId, event, body: JSON.stringify(body) } });
  await jobs.enqueue('webhook', { deliveryId: delivery.id }, { tx });
  return delivery;
}
