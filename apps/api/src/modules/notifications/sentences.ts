import { notificationKinds, type NotificationKind, type NotificationPayload } from '@plumbline/jobs';
import type { Notification } from '@plumbline/prisma';

type Words = { readonly [Kind in NotificationKind]: (payload: NotificationPayload<Kind>) => string };

const words: Words = {
  'run.ended': ({ state, variant, dataset, seed, reason }) => {
    const does = state === 'succeeded' ? 'succeeded' : state === 'failed' ? 'failed' : 'was cancelled';
    return `Your training of ${variant} on ${dataset}, seed ${seed}, ${does}${state === 'failed' && reason ? `: ${reason}` : '.'}`;
  },
  'experiment.finished': ({ name, succeeded, failed, cancelled }) => {
    const parts = [
      `${succeeded} succeeded`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ];
    return `Your experiment ${name} has finished: ${parts.join(', ')}.`;
  },
  'invitation.accepted': ({ name, team, role }) => `${name} joined ${team} as ${role} by your invitation.`,
  'comment.mention': ({ name, project, words: said }) => `${name} mentions you in ${project}: “${said}”`,
  'webhook.disabled': ({ host, reason }) => `Your webhook to ${host} was disabled. ${reason}`,
};

const isKind = (kind: string): kind is NotificationKind => kind in notificationKinds;

function say<Kind extends NotificationKind>(kind: Kind, payload: unknown): string | null {
  const parsed = notificationKinds[kind].safeParse(payload);
  return parsed.success ? words[kind](parsed.data as NotificationPayload<Kind>) : null;
}

/** What a notification says, in one sentence. One of an earlier version, whose form is not known any more, still leads to its thing. */
export function sentenceOf({ kind, payload }: Pick<Notification, 'kind' | 'payload'>): string {
  return (isKind(kind) ? say(kind, payload) : null) ?? 'Something of yours changed.';
}
