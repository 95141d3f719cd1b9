import type { WebhookEvent } from '#web/graphql/generated/graphql.ts';

/** What a webhook is called for, as the screen says it. */
export const webhookEvents: readonly { readonly value: WebhookEvent; readonly label: string }[] = [
  { value: 'runSucceeded', label: 'Run succeeded' },
  { value: 'runFailed', label: 'Run failed' },
  { value: 'runCancelled', label: 'Run cancelled' },
  { value: 'evaluationFinished', label: 'Evaluation finished' },
];

export const eventLabel = (event: WebhookEvent): string => webhookEvents.find(({ value }) => value === event)?.label ?? event;
