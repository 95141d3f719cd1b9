'use client';

import { useQuery } from '@apollo/client/react';
import { ScrollText } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { auditEventsDocument, membersDocument } from './documents.ts';
import { TeamHeader } from './team-header.tsx';

const areas = [
  { value: 'signIns', label: 'Sign-ins' },
  { value: 'members', label: 'Members' },
  { value: 'tokens', label: 'API tokens' },
  { value: 'webhooks', label: 'Webhooks' },
  { value: 'work', label: 'Work' },
  { value: 'deletions', label: 'Deletions' },
] as const;

/** Who did what in the team, for its admins and owners. */
export function AuditPage({ membership }: { membership: Viewer['teams'][number] }) {
  const { team } = membership;
  const query = useQueryState();
  const area = areas.find(({ value }) => value === query.get('area'))?.value ?? null;
  const actorId = query.get('who');
  const variables = { teamId: team.id, area, actorId };
  const { data, error, refetch, fetchMore } = useQuery(auditEventsDocument, { variables, fetchPolicy: 'network-only' });
  const people = useQuery(membersDocument, { variables: { teamId: team.id } }).data?.node;
  const members = people?.__typename === 'Team' ? nodes(people.members) : [];
  const connection = data?.node?.__typename === 'Team' ? data.node.auditEvents : undefined;
  const events = connection ? nodes(connection) : undefined;

  return (
    <Page className="max-w-5xl">
      <TeamHeader membership={membership} page="Who did what" />
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="About"
          className="w-40!"
          value={area ?? '*'}
          onValueChange={(value) => query.set({ area: value === '*' ? null : value })}
          options={[{ value: '*', label: 'Everything' }, ...areas]}
        />
        <Select
          label="Person"
          className="w-48!"
          value={actorId ?? '*'}
          onValueChange={(value) => query.set({ who: value === '*' ? null : value })}
          options={[
            { value: '*', label: 'Everybody' },
            ...members.map(({ user }) => ({ value: user.id, label: user.name, detail: user.email })),
          ]}
        />
        {connection ? <span className="text-xs text-ink-3">{plural(connection.totalCount, 'entry', 'entries')}</span> : null}
      </div>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : events?.length === 0 ? (
        <EmptyState
          icon={<ScrollText />}
          title={area || actorId ? 'Nothing in this selection' : 'Nothing yet'}
          action={area || actorId ? <Button onClick={() => query.set({ area: null, who: null })}>Show everything</Button> : null}
        >
          Sign-ins, members, API tokens, starts, cancellations and deletions are written down here.
        </EmptyState>
      ) : (
        <Table label="Who did what">
          <thead>
            <tr>
              <HeadCell>When</HeadCell>
              <HeadCell>What</HeadCell>
              <HeadCell className="max-sm:hidden">About</HeadCell>
            </tr>
          </thead>
          <tbody>
            {events ? (
              events.map((event) => (
                <Row key={event.id}>
                  <Cell className="align-top leading-9">
                    <RelativeTime at={event.at} />
                  </Cell>
                  <Cell className="w-full py-2 whitespace-normal!">{event.sentence}</Cell>
                  <Cell className="text-ink-3 max-sm:hidden">{areas.find(({ value }) => value === event.area)?.label}</Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={8} columns={3} />
            )}
          </tbody>
        </Table>
      )}
      <ShowMore connection={connection} size="small" className="self-start" onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
