import type { Prisma, Webhook, WebhookDelivery } from '@plumbline/prisma';
import type { Platform } from '../../context.ts';

/** Writes a delivery with the body that every attempt sends, and queues its first attempt, in the caller's transaction. */
export async function deliver(
  { jobs }: Pick<Platform, 'jobs'>,
  tx: Prisma.TransactionClient,
  { id: webhookId }: Pick<Webhook, 'id'>,
  event: string,
  body: object,
): Promise<WebhookDelivery> {
  const delivery = await tx.webhookDelivery.create({ data: { webhookId, event, body: JSON.stringify(body) } });
  await jobs.enqueue('webhook', { deliveryId: delivery.id }, { tx });
  return delivery;
}
