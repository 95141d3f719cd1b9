'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { ShownOnceDialog } from '#web/components/ui/shown-once-dialog.tsx';
import { Field, TextField } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import type { Role } from '#web/graphql/generated/graphql.ts';
import { createInvitationDocument } from './documents.ts';
import { grantable } from './roles.ts';

const lives = [
  { value: '1', label: 'a day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
] as const;

export interface InviteDialogProps {
  readonly team: { readonly id: string; readonly name: string };
  readonly own: Role;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated: () => void;
}

/** First who is invited as what, then the link, which is shown this once. */
export function InviteDialog({ team, own, open, onOpenChange, onCreated }: InviteDialogProps) {
  const [role, setRole] = useState<Role>('engineer');
  const [email, setEmail] = useState('');
  const [days, setDays] = useState('7');
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createInvitationDocument, { fetchPolicy: 'no-cache' });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIssues({});
    setProblem(null);
    try {
      const input = { teamId: team.id, role, email: email.trim() || null, days: Number(days) };
      const { data } = await create({ variables: { input } });
      const result = data?.createInvitation;
      if (result?.__typename === 'CreateInvitationSuccess') {
        setSecret(result.secret);
        onCreated();
        return;
      }
      const found = issuesOf(result);
      setIssues(found);
      if (!found['email']) setProblem(found[''] ?? sentenceOf(result));
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  if (secret)
    return (
      <ShownOnceDialog
        open={open}
        title="Send this link"
        description={`It makes one person ${role} of ${team.name}.`}
        // Behind the #, the secret never reaches a server's log.
        text={`${window.location.origin}/join#${secret}`}
        label="the link"
        warning={
          <>
            It is shown only this once and works once.{' '}
            {email.trim() ? `Only ${email.trim()} can use it.` : 'Whoever has it can use it: send it where nobody else reads.'}
          </>
        }
        onClose={() => onOpenChange(false)}
      />
    );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Invite to ${team.name}`}
      description="You get a link that works once; send it to the person yourself."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Role">
          {(control) => (
            <Select
              {...control}
              value={role}
              onValueChange={(value) => setRole(value as Role)}
              options={grantable(own).map(({ value, does }) => ({ value, label: value, detail: does }))}
            />
          )}
        </Field>
        <TextField
          label="E-mail (optional)"
          type="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={issues['email']}
          hint="Then only an account with this address can use the link. Nothing is sent to it."
        />
        <Field label="Works for">{(control) => <Select {...control} value={days} onValueChange={setDays} options={lives} />}</Field>
        {problem ? (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={loading}>
            Make link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
