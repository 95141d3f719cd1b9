'use client';

import { useQuery } from '@apollo/client/react';
import { LogOut, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Page, Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { membersDocument } from './documents.ts';
import { Invitations } from './invitations.tsx';
import { grantable, isAdmin } from './roles.ts';
import { TeamHeader } from './team-header.tsx';
import { MemberDialogs, useMemberActs } from './member-acts.tsx';

/** Who belongs to the team, with which role, and who is invited. */
export function MembersPage({ viewer, membership }: { viewer: Viewer; membership: Viewer['teams'][number] }) {
  const { team, role: own } = membership;
  const { data, error, refetch, fetchMore } = useQuery(membersDocument, { variables: { teamId: team.id }, fetchPolicy: 'network-only' });
  const [inviting, setInviting] = useState(false);
  const acts = useMemberActs({ teamId: team.id, viewerId: viewer.id, onDone: () => void refetch() });
  const connection = data?.node?.__typename === 'Team' ? data.node.members : undefined;
  const members = connection ? nodes(connection) : undefined;
  const manages = isAdmin(own);
  const owners = members?.filter(({ role }) => role === 'owner').length ?? 0;
  const columns = ['Name', 'E-mail', 'Role', 'Member'];

  return (
    <Page className="max-w-5xl">
      <TeamHeader
        membership={membership}
        page="Members"
        actions={
          manages ? (
            <Button tone="primary" onClick={() => setInviting(true)}>
              <UserPlus /> Invite
            </Button>
          ) : null
        }
      />
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Section title="Members">
          <Table label="Members">
            <thead>
              <tr>
                {columns.map((name) => (
                  <HeadCell key={name} className={name === 'Member' || name === 'E-mail' ? 'max-sm:hidden' : ''}>
                    {name === 'Member' ? 'Since' : name}
                  </HeadCell>
                ))}
                <HeadCell>
                  <span className="sr-only">Remove</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {members ? (
                members.map(({ user, role, joinedAt }) => {
                  const self = user.id === viewer.id;
                  const last = role === 'owner' && owners === 1 && !connection?.pageInfo.hasNextPage;
                  const changeable = manages && !last && (role !== 'owner' || own === 'owner');
                  return (
                    <Row key={user.id}>
                      <Cell className="max-w-48 truncate font-medium max-sm:max-w-36 max-sm:py-1.5" title={user.name}>
                        {user.name} {self ? <span className="font-normal text-ink-3">you</span> : null}
                        <span className="block truncate font-normal text-ink-3 sm:hidden">{user.email}</span>
                      </Cell>
                      <Cell className="max-w-64 truncate max-sm:hidden" title={user.email}>
                        {user.email}
                      </Cell>
                      <Cell>
                        {changeable ? (
                          <Select
                            label={`Role of ${user.name}`}
                            className="h-7! w-28! text-xs!"
                            value={role}
                            disabled={acts.busy}
                            onValueChange={(value) => acts.askRole({ ...user, role }, value as typeof role)}
                            options={grantable(own).map(({ value, does }) => ({ value, label: value, detail: does }))}
                          />
                        ) : (
                          <span title={last ? 'The last owner: make somebody else an owner first.' : undefined}>{role}</span>
                        )}
                      </Cell>
                      <Cell className="max-sm:hidden">
                        <RelativeTime at={joinedAt} />
                      </Cell>
                      <Cell className="text-right">
                        {self ? (
                          last ? (
                            <span className="text-ink-3">last owner</span>
                          ) : (
                            <Button size="small" onClick={() => acts.askLeave(team.name)}>
                              <LogOut /> Leave
                            </Button>
                          )
                        ) : changeable ? (
                          <Button size="small" aria-label={`Remove ${user.name}`} onClick={() => acts.askRemove(user)}>
                            Remove
                          </Button>
                        ) : null}
                      </Cell>
                    </Row>
                  );
                })
              ) : (
                <SkeletonRows rows={3} columns={5} />
              )}
            </tbody>
          </Table>
          <ShowMore connection={connection} size="small" className="self-start" onMore={(after) => fetchMore({ variables: { after } })} />
        </Section>
      )}
      {manages ? <Invitations team={team} own={own} inviting={inviting} onInvitingChange={setInviting} /> : null}
      <MemberDialogs acts={acts} />
    </Page>
  );
}
