'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { ChevronDown, ChevronRight, Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Page, Panel } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { TeamHeader } from '#web/features/team/team-header.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { WebhooksQuery } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { Deliveries } from './deliveries.tsx';
import { changeWebhookDocument, deleteWebhookDocument, deliveriesDocument, testWebhookDocument, webhooksDocument } from './documents.ts';
import { eventLabel } from './events.ts';
import { WebhookDialog } from './webhook-dialog.tsx';

type Team = Extract<NonNullable<WebhooksQuery['node']>, { __typename: 'Team' }>;
type ListedWebhook = Team['webhooks']['edges'][number]['node'];

/** The webhooks of a team and its projects, for its admins and owners; the one in the address shows what it was sent. */
export function WebhooksPage({ membership }: { membership: Viewer['teams'][number] }) {
  const { team } = membership;
  const query = useQueryState();
  const opened = query.get('webhook');
  const { data, error, refetch, fetchMore } = useQuery(webhooksDocument, {
    variables: { teamId: team.id },
    fetchPolicy: 'cache-and-network',
  });
  const [editing, setEditing] = useState<ListedWebhook | 'new' | null>(null);
  const connection = data?.node?.__typename === 'Team' ? data.node.webhooks : undefined;
  const webhooks = connection ? nodes(connection) : undefined;
  const add = (
    <Button tone="primary" onClick={() => setEditing('new')}>
      <Plus /> New webhook
    </Button>
  );
  return (
    <Page className="max-w-5xl">
      <TeamHeader membership={membership} page="Webhooks" actions={webhooks?.length ? add : null} />
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : webhooks?.length === 0 ? (
        <EmptyState icon={<Webhook />} title="No webhooks" action={add}>
          A program of yours is called when a run or an evaluation ends: a message into a chat, the next step of a build.
        </EmptyState>
      ) : webhooks ? (
        <ul aria-label="Webhooks" className="flex flex-col gap-3">
          {webhooks.map((webhook) => (
            <li key={webhook.id}>
              <WebhookCard
                webhook={webhook}
                open={webhook.id === opened}
                onToggle={() => query.set({ webhook: webhook.id === opened ? null : webhook.id })}
                onOpen={() => query.set({ webhook: webhook.id })}
                onEdit={() => setEditing(webhook)}
                onChanged={() => void refetch()}
              />
            </li>
          ))}
        </ul>
      ) : (
        <Skeleton className="h-28 w-full" />
      )}
      <ShowMore connection={connection} size="small" className="self-start" onMore={(after) => fetchMore({ variables: { after } })} />
      {editing ? (
        <WebhookDialog
          team={team}
          webhook={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={() => void refetch()}
        />
      ) : null}
    </Page>
  );
}

interface WebhookCardProps {
  readonly webhook: ListedWebhook;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}

function WebhookCard({ webhook, open, onToggle, onOpen, onEdit, onChanged }: WebhookCardProps) {
  const [change, changing] = useMutation(changeWebhookDocument);
  const [test, testing] = useMutation(testWebhookDocument, { refetchQueries: [deliveriesDocument] });
  const [remove, removing] = useMutation(deleteWebhookDocument);
  const [deleting, setDeleting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { host } = new URL(webhook.url);

  async function enable(enabled: boolean) {
    try {
      const answer = (await change({ variables: { input: { id: webhook.id, enabled } } })).data?.changeWebhook;
      if (answer?.__typename !== 'ChangeWebhookSuccess') toast.error('It could not be changed.', { description: sentenceOf(answer) });
    } catch (failure) {
      toast.error('It could not be changed.', { description: sentenceOf(failure) });
    }
  }
  async function send() {
    try {
      const answer = (await test({ variables: { id: webhook.id } })).data?.testWebhook;
      if (answer?.__typename === 'TestWebhookSuccess') onOpen();
      else toast.error('The test could not be sent.', { description: sentenceOf(answer) });
    } catch (failure) {
      toast.error('The test could not be sent.', { description: sentenceOf(failure) });
    }
  }
  async function end() {
    setProblem(null);
    try {
      const answer = (await remove({ variables: { id: webhook.id } })).data?.deleteWebhook;
      if (answer?.__typename !== 'DeleteWebhookSuccess') return setProblem(sentenceOf(answer));
      setDeleting(false);
      toast(`The webhook to ${host} was deleted.`);
      onChanged();
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  return (
    <Panel className="flex flex-col gap-2 p-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-mono text-xs break-all">{webhook.url}</p>
          <p className="mt-1 text-xs text-ink-3">
            {webhook.project ? `Project ${webhook.project.name}` : 'Every project'} · {webhook.events.map(eventLabel).join(', ')} · made{' '}
            <RelativeTime at={webhook.createdAt} />
            {webhook.createdBy ? ` by ${webhook.createdBy.name}` : ''}
          </p>
        </div>
        <StateBadge
          state={webhook.enabled ? (webhook.failingSince ? 'failed' : 'succeeded') : 'paused'}
          word={webhook.enabled ? (webhook.failingSince ? 'failing' : 'enabled') : 'disabled'}
        />
      </div>
      {webhook.disabledReason ? (
        <Banner tone="warning" title="The platform disabled it">
          {webhook.disabledReason} Send a test, mend what is wrong, then enable it.
        </Banner>
      ) : webhook.enabled && webhook.failingSince ? (
        <p className="text-xs text-warn">
          Nothing arrived since <RelativeTime at={webhook.failingSince} />; after three days it is disabled.
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button size="small" aria-expanded={open} onClick={onToggle}>
          {open ? <ChevronDown /> : <ChevronRight />} Deliveries
        </Button>
        <Button size="small" busy={testing.loading} onClick={() => void send()}>
          Send a test
        </Button>
        <Button size="small" onClick={onEdit}>
          Change …
        </Button>
        <Button size="small" busy={changing.loading} onClick={() => void enable(!webhook.enabled)}>
          {webhook.enabled ? 'Disable' : 'Enable'}
        </Button>
        <Button
          size="small"
          onClick={() => {
            setProblem(null);
            setDeleting(true);
          }}
        >
          Delete …
        </Button>
      </div>
      {open ? <Deliveries webhookId={webhook.id} onTest={() => void send()} testing={testing.loading} /> : null}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete the webhook to ${host}?`}
        description="It is called no more, and the list of what it was sent goes with it. To stop it for a while, disable it instead."
        action="Delete webhook"
        busy={removing.loading}
        error={problem}
        onConfirm={() => void end()}
      />
    </Panel>
  );
}
