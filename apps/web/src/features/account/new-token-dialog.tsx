'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { ShownOnceDialog } from '#web/components/ui/shown-once-dialog.tsx';
import { Field, TextField } from '#web/components/ui/field.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { createApiTokenDocument } from './token-documents.ts';

const lives = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: 'never', label: 'until it is revoked' },
] as const;
const dayMs = 24 * 3600 * 1000;

export interface NewTokenDialogProps {
  readonly teams: Viewer['teams'];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated: () => void;
}

/** First what the token is for, then its secret, which is shown this once. */
export function NewTokenDialog({ teams, open, onOpenChange, onCreated }: NewTokenDialogProps) {
  const [teamId, setTeamId] = useState(teams[0]?.team.id ?? '');
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'read' | 'write'>('read');
  const [life, setLife] = useState<string>('90');
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createApiTokenDocument, { fetchPolicy: 'no-cache' });
  const team = teams.find((one) => one.team.id === teamId);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIssues({});
    setProblem(null);
    const expiresAt = life === 'never' ? null : new Date(Date.now() + Number(life) * dayMs).toISOString();
    try {
      const { data } = await create({ variables: { input: { teamId, name: name.trim(), scopes: [scope], expiresAt } } });
      const result = data?.createApiToken;
      if (result?.__typename === 'CreateApiTokenSuccess') {
        setSecret(result.secret);
        onCreated();
        return;
      }
      const found = issuesOf(result);
      setIssues(found);
      if (!found['name'] && !found['expiresAt']) setProblem(found[''] ?? sentenceOf(result));
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  if (secret)
    return (
      <ShownOnceDialog
        open={open}
        title="Copy the token now"
        description={`${name.trim()} was made for ${team?.team.name ?? ''}.`}
        text={secret}
        label="the token"
        warning="It is shown only this once. If it is lost, revoke it and make another."
        onClose={() => onOpenChange(false)}
      >
        <p className="text-xs text-ink-3">
          Send it with every request as <code className="font-mono">Authorization: Bearer …</code>; the command line takes it from{' '}
          <code className="font-mono">PLUMBLINE_TOKEN</code>
        </p>
      </ShownOnceDialog>
    );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New API token"
      description="A script or the command line works with it in your name, in one team, with the rights of your role there."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={issues['name']}
          hint="What it is for."
          placeholder="Nightly import, line 4"
          autoFocus
          required
          maxLength={80}
        />
        {teams.length > 1 ? (
          <Field label="Team">
            {(control) => (
              <Select
                {...control}
                value={teamId}
                onValueChange={setTeamId}
                options={teams.map((one) => ({ value: one.team.id, label: one.team.name, detail: `you are ${one.role}` }))}
              />
            )}
          </Field>
        ) : null}
        <div className="flex flex-col gap-1">
          <span className="text-xs font-medium text-ink-2">May</span>
          <Segmented
            label="May"
            value={scope}
            onValueChange={setScope}
            options={[
              { value: 'read', label: 'Read' },
              { value: 'write', label: 'Read and write' },
            ]}
            className="self-start"
          />
          {scope === 'write' && team?.role === 'viewer' ? (
            <p className="text-xs text-ink-3">Your role in this team is viewer, so the token will read only until that changes.</p>
          ) : null}
        </div>
        <Field label="Lives for" error={issues['expiresAt']}>
          {(control) => <Select {...control} value={life} onValueChange={setLife} options={lives} />}
        </Field>
        {problem ? (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={loading}>
            Make token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
