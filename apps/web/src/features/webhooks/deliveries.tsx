'use client';

import { useQuery } from '@apollo/client/react';
import { Button } from '#web/components/ui/button.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DeliveryState } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { useReread } from '#web/graphql/use-reread.ts';
import { count } from '#web/lib/numbers.ts';
import { deliveriesDocument } from './documents.ts';

/** As many as `deliveriesDocument` asks for at once. */
const pageOfDeliveries = 20;

/** Shapes and colours of the states of runs, which mean the same here. */
const looks = { waiting: 'queued', delivered: 'succeeded', failed: 'failed' } as const satisfies Record<DeliveryState, string>;

export interface DeliveriesProps {
  readonly webhookId: string;
  readonly onTest: () => void;
  readonly testing: boolean;
}

/** What a webhook was sent, newest first, with every attempt: status, time, and why it did not arrive. The newest are read again and again. */
export function Deliveries({ webhookId, onTest, testing }: DeliveriesProps) {
  const { data, error, refetch, fetchMore } = useQuery(deliveriesDocument, {
    variables: { id: webhookId },
    fetchPolicy: 'cache-and-network',
  });
  const connection = data?.webhook?.deliveries;
  const deliveries = connection ? nodes(connection) : undefined;
  // Reading anew begins with the first page: who has looked further back keeps what they see.
  useReread(deliveries !== undefined && deliveries.length <= pageOfDeliveries, refetch);
  if (error && !data) return <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (!deliveries) return <Skeleton className="h-24 w-full" />;
  if (deliveries.length === 0)
    return (
      <div className="flex flex-wrap items-center gap-3 text-ink-2">
        Nothing was sent yet.
        <Button size="small" busy={testing} onClick={onTest}>
          Send a test
        </Button>
      </div>
    );
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Deliveries" className="divide-y divide-line rounded-md border bg-surface">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className="flex flex-col gap-1 px-3 py-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StateBadge state={looks[delivery.state]} word={delivery.state} />
              <span className="font-mono text-xs">{delivery.event}</span>
              <RelativeTime at={delivery.createdAt} className="text-xs text-ink-3" />
              {delivery.dueAt && delivery.attempts.length > 0 ? (
                <span className="text-xs text-ink-2">
                  next attempt <RelativeTime at={delivery.dueAt} />
                </span>
              ) : null}
            </div>
            <ol className="flex flex-col gap-0.5 text-xs text-ink-2">
              {delivery.attempts.map((attempt) => (
                <li key={attempt.number} className="flex flex-wrap gap-x-3">
                  <span className="text-ink-3">attempt {attempt.number}</span>
                  <span>{attempt.status === null ? 'no answer' : `HTTP ${attempt.status}`}</span>
                  <span className="tabular-nums">{count(attempt.milliseconds)} ms</span>
                  <RelativeTime at={attempt.at} className="text-ink-3" />
                  {attempt.problem ? <span className="text-bad">{attempt.problem}</span> : null}
                </li>
              ))}
            </ol>
            <details className="text-xs">
              <summary className="cursor-pointer text-ink-3">What is sent</summary>
              <pre tabIndex={0} className="mt-1 max-h-64 overflow-auto rounded-sm bg-well p-2 font-mono text-2xs">
                {pretty(delivery.body)}
              </pre>
            </details>
          </li>
        ))}
      </ul>
      <ShowMore connection={connection} size="small" className="self-start" onMore={(after) => fetchMore({ variables: { after } })} />
    </div>
  );
}

const pretty = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);
