'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { Role } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { invitationsDocument, revokeInvitationDocument } from './documents.ts';
import { InviteDialog } from './invite-dialog.tsx';

export interface InvitationsProps {
  readonly team: { readonly id: string; readonly name: string };
  readonly own: Role;
  readonly inviting: boolean;
  readonly onInvitingChange: (inviting: boolean) => void;
}

/** Links that wait to be used, and new ones. */
export function Invitations({ team, own, inviting, onInvitingChange }: InvitationsProps) {
  const { data, error, refetch } = useQuery(invitationsDocument, { variables: { teamId: team.id }, fetchPolicy: 'network-only' });
  const [revoke] = useMutation(revokeInvitationDocument);
  const [ending, setEnding] = useState<string | null>(null);
  const invitations = data?.node?.__typename === 'Team' ? nodes(data.node.invitations) : undefined;

  async function end(id: string) {
    setEnding(id);
    try {
      const { data: answer } = await revoke({ variables: { id } });
      if (answer?.revokeInvitation.__typename === 'RevokeInvitationSuccess') toast('That link does not work any more.');
      else toast.error('It could not be revoked.', { description: sentenceOf(answer?.revokeInvitation) });
      await refetch();
    } catch (failure) {
      toast.error('It could not be revoked.', { description: sentenceOf(failure) });
    }
    setEnding(null);
  }

  return (
    <Section title="Invitations">
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : invitations?.length === 0 ? (
        <p className="text-ink-2">Nobody is invited. An invitation is a link that works once; send it yourself.</p>
      ) : (
        <Table label="Invitations">
          <thead>
            <tr>
              <HeadCell>For</HeadCell>
              <HeadCell>Role</HeadCell>
              <HeadCell className="max-sm:hidden">Invited by</HeadCell>
              <HeadCell>Ends</HeadCell>
              <HeadCell>
                <span className="sr-only">Revoke</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {invitations ? (
              invitations.map(({ id, email, role, createdBy, expiresAt }) => (
                <Row key={id}>
                  <Cell className="max-w-64 truncate">{email ?? <span className="text-ink-3">whoever has the link</span>}</Cell>
                  <Cell>{role}</Cell>
                  <Cell className="max-w-48 truncate max-sm:hidden">{createdBy?.name}</Cell>
                  <Cell>
                    <RelativeTime at={expiresAt} />
                  </Cell>
                  <Cell className="text-right">
                    <Button
                      size="small"
                      busy={ending === id}
                      aria-label={`Revoke the invitation of ${email ?? 'whoever has the link'}`}
                      onClick={() => void end(id)}
                    >
                      Revoke
                    </Button>
                  </Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={1} columns={5} />
            )}
          </tbody>
        </Table>
      )}
      <InviteDialog
        key={String(inviting)}
        team={team}
        own={own}
        open={inviting}
        onOpenChange={onInvitingChange}
        onCreated={() => void refetch()}
      />
    </Section>
  );
}
