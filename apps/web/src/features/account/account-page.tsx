'use client';

import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { ApiTokens } from './api-tokens.tsx';
import { browserInWords } from './browser-words.ts';
import { revokeSessionDocument, sessionsDocument } from './documents.ts';
import { leave } from './leave.ts';
import { WaysToSignIn, type Provider } from './ways-to-sign-in.tsx';

/** Who I am, in which teams, and where I am signed in. */
export function AccountPage({ viewer, provider }: { viewer: Viewer; provider: Provider | null }) {
  const client = useApolloClient();
  const { data, error, refetch } = useQuery(sessionsDocument, { fetchPolicy: 'network-only' });
  const [revoke] = useMutation(revokeSessionDocument);
  const [ending, setEnding] = useState<string | null>(null);
  useBreadcrumb({ label: 'My account' });
  const sessions = data?.me?.sessions;

  async function end(id: string) {
    setEnding(id);
    try {
      const { data: answer } = await revoke({ variables: { id } });
      if (answer?.revokeSession.__typename === 'RevokeSessionSuccess') toast('That sign-in was ended.');
      else toast.error('It could not be ended.', { description: sentenceOf(answer?.revokeSession) });
      await refetch();
    } catch (failure) {
      toast.error('It could not be ended.', { description: sentenceOf(failure) });
    }
    setEnding(null);
  }

  return (
    <Page narrow>
      <PageHeader
        title={viewer.name}
        actions={
          <Button onClick={() => void leave(client)}>
            <LogOut /> Sign out
          </Button>
        }
      >
        {viewer.email}
      </PageHeader>
      <Section title="Teams">
        <dl className="divide-y divide-line rounded-md border bg-panel px-3 py-1">
          {viewer.teams.map(({ team, role }) => (
            <div key={team.id} className="flex min-h-8 items-baseline justify-between gap-4 py-1">
              <dt className="min-w-0 truncate">
                <Link href={`/teams/${team.id}`} className="rounded-sm text-accent-ink hover:underline">
                  {team.name}
                </Link>
              </dt>
              <dd className="text-xs text-ink-2">{role}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <WaysToSignIn email={viewer.email} provider={provider} onPasswordChanged={() => void refetch()} />
      <Section title="Where you are signed in">
        {error && !data ? (
          <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Table label="Where you are signed in">
            <thead>
              <tr>
                <HeadCell>Browser</HeadCell>
                <HeadCell>Last seen</HeadCell>
                <HeadCell>Signed in</HeadCell>
                <HeadCell>
                  <span className="sr-only">End</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {sessions ? (
                sessions.map((session) => (
                  <Row key={session.id}>
                    <Cell>{browserInWords(session.userAgent)}</Cell>
                    <Cell>
                      <RelativeTime at={session.lastSeenAt} />
                    </Cell>
                    <Cell>
                      <RelativeTime at={session.createdAt} />
                    </Cell>
                    <Cell className="text-right">
                      {session.current ? (
                        <span className="text-ink-3">this one</span>
                      ) : (
                        <Button size="small" busy={ending === session.id} onClick={() => void end(session.id)}>
                          End
                        </Button>
                      )}
                    </Cell>
                  </Row>
                ))
              ) : (
                <SkeletonRows rows={2} columns={4} />
              )}
            </tbody>
          </Table>
        )}
      </Section>
      <ApiTokens viewer={viewer} />
    </Page>
  );
}
