'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { ChangePassword } from './change-password.tsx';
import { unlinkIdentityDocument, waysToSignInDocument } from './documents.ts';

/** The OIDC provider of this installation. */
export interface Provider {
  readonly issuer: string;
  readonly name: string;
}

export interface WaysToSignInProps {
  readonly email: string;
  readonly provider: Provider | null;
  /** Other sign-ins have ended with it. */
  readonly onPasswordChanged: () => void;
}

/** By what I can sign in: my password, and OIDC providers that vouch for me. */
export function WaysToSignIn({ email, provider, onPasswordChanged }: WaysToSignInProps) {
  const { data, error, refetch } = useQuery(waysToSignInDocument, { fetchPolicy: 'network-only' });
  const [unlink, { loading: unlinking }] = useMutation(unlinkIdentityDocument);
  const [ending, setEnding] = useState<{ id: string; name: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const me = data?.me;
  const isProvider = (issuer: string) => provider !== null && issuer.replace(/\/$/, '') === provider.issuer;
  const nameOf = (issuer: string) => (isProvider(issuer) ? provider!.name : URL.canParse(issuer) ? new URL(issuer).host : issuer);
  const linked = me?.identities.some(({ issuer }) => isProvider(issuer)) ?? true;

  async function end({ id, name }: { id: string; name: string }) {
    setProblem(null);
    try {
      const { data: answer } = await unlink({ variables: { id } });
      if (answer?.unlinkIdentity.__typename !== 'UnlinkIdentitySuccess') return setProblem(sentenceOf(answer?.unlinkIdentity));
      setEnding(null);
      toast(`You no longer sign in by ${name}.`);
      await refetch();
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  function changed() {
    onPasswordChanged();
    void refetch();
  }

  return (
    <Section title="How you sign in">
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Table label="How you sign in">
          <thead>
            <tr>
              <HeadCell>By</HeadCell>
              <HeadCell>As</HeadCell>
              <HeadCell className="max-sm:hidden">Last used</HeadCell>
              <HeadCell>
                <span className="sr-only">Change</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {me ? (
              <>
                <Row>
                  <Cell>Password</Cell>
                  <Cell>{me.hasPassword ? email : <span className="text-ink-3">none set</span>}</Cell>
                  <Cell className="max-sm:hidden" />
                  <Cell className="text-right">
                    <ChangePassword hasPassword={me.hasPassword === true} onChanged={changed} />
                  </Cell>
                </Row>
                {me.identities.map(({ id, issuer, email: as, lastUsedAt }) => (
                  <Row key={id}>
                    <Cell className="max-w-56 truncate" title={issuer}>
                      {nameOf(issuer)}
                    </Cell>
                    <Cell className="max-w-56 truncate" title={as}>
                      {as}
                    </Cell>
                    <Cell className="max-sm:hidden">
                      <RelativeTime at={lastUsedAt} />
                    </Cell>
                    <Cell className="text-right">
                      <Button
                        size="small"
                        aria-label={`Unlink ${nameOf(issuer)}`}
                        onClick={() => {
                          setProblem(null);
                          setEnding({ id, name: nameOf(issuer) });
                        }}
                      >
                        Unlink
                      </Button>
                    </Cell>
                  </Row>
                ))}
              </>
            ) : (
              <SkeletonRows rows={1} columns={4} />
            )}
          </tbody>
        </Table>
      )}
      {provider !== null && !linked ? (
        <p className="text-xs text-ink-3">
          To link {provider.name}, sign out and continue with it once, with an account there that has the verified e-mail {email}.
        </p>
      ) : null}
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(wanted) => (wanted ? undefined : setEnding(null))}
        title={`Unlink ${ending?.name ?? ''}?`}
        description="You no longer sign in by it. Whoever signs in there with your verified e-mail links it anew."
        action="Unlink"
        busy={unlinking}
        error={problem}
        onConfirm={() => ending && void end(ending)}
      />
    </Section>
  );
}
