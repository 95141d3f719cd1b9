'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { CopyText } from '#web/components/ui/copy.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Field } from '#web/components/ui/field.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { Banner, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { createShareLinkDocument, revokeShareLinkDocument, shareLinksDocument } from './documents.ts';

const lives = [
  { value: '1', label: 'a day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
] as const;

export interface ShareDialogProps {
  readonly comparison: { readonly id: string; readonly name: string };
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Links that show the comparison without an account: a new one, which is shown this once, and those that live. */
export function ShareDialog({ comparison, open, onOpenChange }: ShareDialogProps) {
  const [days, setDays] = useState('30');
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createShareLinkDocument, { fetchPolicy: 'no-cache' });
  const { data, error, refetch } = useQuery(shareLinksDocument, {
    variables: { id: comparison.id },
    skip: !open,
    fetchPolicy: 'network-only',
  });
  const connection = data?.comparison?.shareLinks;

  async function make() {
    setProblem(null);
    try {
      const { data: answer } = await create({ variables: { input: { comparisonId: comparison.id, days: Number(days) } } });
      const result = answer?.createShareLink;
      if (result?.__typename === 'CreateShareLinkSuccess') {
        setSecret(result.secret);
        await refetch();
      } else setProblem(issuesOf(result)['days'] ?? sentenceOf(result));
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title={`Share ${comparison.name}`}
      description="Whoever has a link sees this comparison, read-only and without an account: its tables, curves and scores with the names of its images, no pictures and nothing else of the team."
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-2">
          <Field label="Works for" className="w-40">
            {(control) => <Select {...control} value={days} onValueChange={setDays} options={lives} />}
          </Field>
          <Button tone="primary" busy={loading} onClick={() => void make()}>
            Make link
          </Button>
        </div>
        {problem ? (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        ) : null}
        {secret ? (
          <>
            {/* Behind the #, the secret never reaches a server's log. */}
            <CopyText text={`${window.location.origin}/shared#${secret}`} label="the link" />
            <Banner tone="warning">It is shown only this once. Whoever has it can look until it ends or is revoked.</Banner>
          </>
        ) : null}
        {error && !data ? (
          <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Links links={connection && nodes(connection)} onRevoked={() => void refetch()} />
        )}
      </div>
    </Dialog>
  );
}

interface Link {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt?: string | null;
  readonly createdBy?: { readonly name: string } | null;
}

function Links({ links, onRevoked }: { links: readonly Link[] | undefined; onRevoked: () => void }) {
  const [revoke] = useMutation(revokeShareLinkDocument);
  const [ending, setEnding] = useState<string | null>(null);

  async function end(id: string) {
    setEnding(id);
    try {
      const { data } = await revoke({ variables: { id } });
      if (data?.revokeShareLink.__typename === 'RevokeShareLinkSuccess') toast('That link shows nothing any more.');
      else toast.error('It could not be revoked.', { description: sentenceOf(data?.revokeShareLink) });
      onRevoked();
    } catch (failure) {
      toast.error('It could not be revoked.', { description: sentenceOf(failure) });
    }
    setEnding(null);
  }

  if (links?.length === 0) return <p className="text-ink-2">No link lives. Make one and send it yourself.</p>;
  return (
    <Table label="Links that live">
      <thead>
        <tr>
          <HeadCell>Made</HeadCell>
          <HeadCell className="max-sm:hidden">By</HeadCell>
          <HeadCell>Opened</HeadCell>
          <HeadCell>Ends</HeadCell>
          <HeadCell>
            <span className="sr-only">Revoke</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {links ? (
          links.map(({ id, createdAt, createdBy, lastUsedAt, expiresAt }) => (
            <Row key={id}>
              <Cell>
                <RelativeTime at={createdAt} />
              </Cell>
              <Cell className="max-w-40 truncate max-sm:hidden">{createdBy?.name ?? 'somebody who left'}</Cell>
              <Cell>{lastUsedAt ? <RelativeTime at={lastUsedAt} /> : 'never'}</Cell>
              <Cell>
                <RelativeTime at={expiresAt} />
              </Cell>
              <Cell className="text-right">
                <Button size="small" busy={ending === id} onClick={() => void end(id)}>
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
  );
}
