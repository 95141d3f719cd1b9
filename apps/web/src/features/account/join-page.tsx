'use client';

import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useState, useSyncExternalStore } from 'react';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { readHash, watchHash } from '#web/lib/hash.ts';
import { acceptInvitationDocument, invitationOfferDocument, invitationTicketDocument } from './join-documents.ts';
import { JoinForm } from './join-form.tsx';
import { leave } from './leave.ts';
import { Or, ProviderButton } from './provider-button.tsx';

const noHash = () => null;

export interface JoinPageProps {
  readonly viewer: { readonly name: string; readonly email: string } | null;
  /** What people call the OIDC provider; null where there is none. */
  readonly provider: string | null;
}

/** Joins the team of a link: with the account that is signed in, with one that is not, or with a new one. */
export function JoinPage({ viewer, provider }: JoinPageProps) {
  const client = useApolloClient();
  // Null while the server draws the page: it never gets to know what stands behind the #.
  const secret = useSyncExternalStore(watchHash, readHash, noHash);
  const { data, error, refetch } = useQuery(invitationOfferDocument, {
    variables: { secret: secret ?? '' },
    skip: !secret,
    fetchPolicy: 'no-cache',
  });
  const [accept, { loading }] = useMutation(acceptInvitationDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const [known, setKnown] = useState<'new' | 'known'>('new');

  async function join(): Promise<string | null> {
    const { data: answer } = await accept({ variables: { secret: secret ?? '' } });
    const result = answer?.acceptInvitation;
    if (result?.__typename !== 'AcceptInvitationSuccess') return sentenceOf(result);
    const project = result.team.projects[0];
    // A full load, so that the frame knows the new team.
    window.location.assign(project ? `/projects/${project.id}` : `/teams/${result.team.id}`);
    return null;
  }

  /** What stands for the link on the way to the provider and back, where the link itself must not go. */
  async function ticket(): Promise<string | null> {
    const answer = await client.query({
      query: invitationTicketDocument,
      variables: { secret: secret ?? '' },
      fetchPolicy: 'no-cache',
    });
    return answer.data?.invitationOffer?.ticket ?? null;
  }

  if (error && !data) return <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} className="w-full max-w-sm" />;
  if (secret !== null && (secret === '' || data?.invitationOffer === null))
    return (
      <EmptyState
        whole
        title="This invitation is not valid"
        action={<ButtonLink href="/">Go to Plumbline</ButtonLink>}
        className="w-full max-w-sm"
      >
        It was used, revoked or has expired, or the link was cut off when it was copied. Ask who invited you for another one.
      </EmptyState>
    );
  const offer = data?.invitationOffer;
  if (!offer) return <Skeleton className="h-64 w-full max-w-sm" />;
  return (
    <div className="flex w-full max-w-sm flex-col gap-4">
      <div>
        <h1 className="text-xl font-semibold">Join {offer.teamName}</h1>
        <p className="mt-1 text-ink-2">
          {offer.invitedBy ?? 'Somebody'} invites you as {offer.role}. The link works once, and ends <RelativeTime at={offer.expiresAt} />.
        </p>
      </div>
      {viewer ? (
        <div className="flex flex-col gap-3 rounded-md border bg-panel p-4">
          <p>
            You are signed in as <strong className="font-semibold">{viewer.name}</strong> ({viewer.email}).
          </p>
          {problem ? (
            <p role="alert" className="text-bad">
              {problem}
            </p>
          ) : null}
          <Button tone="primary" busy={loading} onClick={() => void join().catch(sentenceOf).then(setProblem)}>
            Join {offer.teamName}
          </Button>
          <Button onClick={() => void leave(client, () => window.location.reload())}>Use another account</Button>
        </div>
      ) : (
        <>
          {provider === null ? null : (
            <>
              <ProviderButton provider={provider} target="/" ticket={ticket} />
              <Or />
            </>
          )}
          <Segmented
            label="Account"
            value={known}
            onValueChange={setKnown}
            options={[
              { value: 'new', label: 'I am new here' },
              { value: 'known', label: 'I have an account' },
            ]}
            className="self-start"
          />
          <JoinForm key={known} kind={known} secret={secret ?? ''} email={offer.email} join={join} />
        </>
      )}
    </div>
  );
}
