'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { useNow } from '#web/lib/use-now.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { apiTokensDocument, revokeApiTokenDocument } from './token-documents.ts';

/** My API tokens: what they are for, how far they go, when they were used; new ones, and their end. */
export function ApiTokens({ viewer }: { viewer: Viewer }) {
  const now = useNow(60_000);
  const { data, error, refetch, fetchMore } = useQuery(apiTokensDocument, { fetchPolicy: 'network-only' });
  const [revoke, { loading: revoking }] = useMutation(revokeApiTokenDocument);
  const [making, setMaking] = useState(0);
  const [open, setOpen] = useState(false);
  const [ending, setEnding] = useState<{ id: string; name: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const connection = data?.me?.apiTokens;
  const tokens = connection ? nodes(connection) : undefined;
  const several = viewer.teams.length > 1;

  function begin() {
    // Each dialog begins empty: the secret of the last one is gone.
    setMaking(making + 1);
    setOpen(true);
  }

  async function end({ id, name }: { id: string; name: string }) {
    setProblem(null);
    try {
      const { data: answer } = await revoke({ variables: { id } });
      if (answer?.revokeApiToken.__typename !== 'RevokeApiTokenSuccess') return setProblem(sentenceOf(answer?.revokeApiToken));
      setEnding(null);
      toast(`${name} was revoked.`);
      await refetch();
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  return (
    <Section
      title="API tokens"
      actions={
        viewer.teams.length > 0 && tokens?.length !== 0 ? (
          <Button size="small" onClick={begin}>
            <Plus /> New token
          </Button>
        ) : null
      }
    >
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : tokens?.length === 0 ? (
        <EmptyState
          icon={<KeyRound />}
          title="No API tokens"
          action={
            viewer.teams.length > 0 ? (
              <Button onClick={begin}>
                <Plus /> New token
              </Button>
            ) : null
          }
        >
          With one, a script or the command line works in your name, without your password.
        </EmptyState>
      ) : (
        <Table label="API tokens">
          <thead>
            <tr>
              <HeadCell>Name</HeadCell>
              {several ? <HeadCell>Team</HeadCell> : null}
              <HeadCell>May</HeadCell>
              <HeadCell>Last used</HeadCell>
              <HeadCell>Ends</HeadCell>
              <HeadCell>
                <span className="sr-only">Revoke</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {tokens ? (
              tokens.map((token) => (
                <Row key={token.id}>
                  <Cell className="max-w-56 truncate" title={token.name}>
                    {token.name}
                  </Cell>
                  {several ? <Cell className="max-w-40 truncate">{token.team.name}</Cell> : null}
                  <Cell>{token.scopes.join(', ')}</Cell>
                  <Cell>{token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : <span className="text-ink-3">never</span>}</Cell>
                  <Cell>
                    {token.expiresAt === null ? (
                      <span className="text-ink-3">never</span>
                    ) : (
                      <span className={Date.parse(token.expiresAt) <= now ? 'text-warn' : ''}>
                        {Date.parse(token.expiresAt) <= now ? 'ended ' : ''}
                        <RelativeTime at={token.expiresAt} />
                      </span>
                    )}
                  </Cell>
                  <Cell className="text-right">
                    <Button
                      size="small"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => {
                        setProblem(null);
                        setEnding(token);
                      }}
                    >
                      Revoke
                    </Button>
                  </Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={2} columns={several ? 6 : 5} />
            )}
          </tbody>
        </Table>
      )}
      <ShowMore connection={connection} size="small" className="self-start" onMore={(after) => fetchMore({ variables: { after } })} />
      <NewTokenDialog key={making} teams={viewer.teams} open={open} onOpenChange={setOpen} onCreated={() => void refetch()} />
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(wanted) => (wanted ? undefined : setEnding(null))}
        title={`Revoke ${ending?.name ?? ''}?`}
        description="Whatever works with this token stops within five seconds. It cannot be brought back."
        action="Revoke token"
        busy={revoking}
        error={problem}
        onConfirm={() => ending && void end(ending)}
      />
    </Section>
  );
}
