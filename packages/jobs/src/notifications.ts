import type { Prisma } from '@plumbline/prisma';
import { z } from 'zod';
import { notifyChange } from './changes.ts';

const thing = z.object({ name: z.string() });

/**
 * Every kind of Notification, and what its sentence is made of. To add one: a line here, its sentence in the API's
 * `modules/notifications/sentences.ts` (the compiler asks for it), and a call of {@link addNotification} in the transaction that does what is told.
 */
export const notificationKinds = {
  'run.ended': z.object({
    state: z.enum(['succeeded', 'failed', 'cancelled']),
    variant: z.string(),
    dataset: z.string(),
    seed: z.number(),
    reason: z.string().nullable(),
  }),
  'experiment.finished': thing.extend({ succeeded: z.number(), failed: z.number(), cancelled: z.number() }),
  'invitation.accepted': thing.extend({ team: z.string(), role: z.string() }),
  'comment.mention': thing.extend({ project: z.string(), words: z.string() }),
  'webhook.disabled': z.object({ host: z.string(), reason: z.string() }),
} as const;

export type NotificationKind = keyof typeof notificationKinds;
export type NotificationPayload<Kind extends NotificationKind> = z.infer<(typeof notificationKinds)[Kind]>;

export interface NewNotification<Kind extends NotificationKind> {
  /** Who is told. */
  readonly userId: string;
  /** Whose members alone may see it. */
  readonly teamId: string;
  readonly kind: Kind;
  readonly payload: NotificationPayload<Kind>;
  /** Path of the page that shows the thing, with public ids: `/projects/prj_…/runs/run_…`. */
  readonly link: string;
  /** Where the same occasion could be told twice: a name of it; a person is told of each once. */
  readonly occasion?: string;
}

/** Tells a person something in the page, at once where it is open. In the transaction that does what is told: both happen, or neither. */
export async function addNotification<Kind extends NotificationKind>(
  tx: Prisma.TransactionClient,
  { userId, teamId, kind, payload, link, occasion }: NewNotification<Kind>,
): Promise<void> {
  const data = { userId, teamId, kind, payload: notificationKinds[kind].parse(payload), link, occasion: occasion ?? null };
  const { count } = await tx.notification.createMany({ data: [data], skipDuplicates: true });
  if (count > 0) await notifyChange(tx, { kind: 'notification', userId });
}
