'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { changePasswordDocument } from './documents.ts';

export interface ChangePasswordProps {
  /** False for who signs in by a provider alone: they set their first one. */
  readonly hasPassword: boolean;
  readonly onChanged: () => void;
}

/** Another password, or the first one; every other sign-in ends with it. */
export function ChangePassword({ hasPassword, onChanged }: ChangePasswordProps) {
  const title = hasPassword ? 'Change password' : 'Set password';
  const [open, setOpen] = useState(false);
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [change, { loading }] = useMutation(changePasswordDocument);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const current = hasPassword ? { current: String(form.get('current') ?? '') } : {};
    const input = { ...current, password: String(form.get('password') ?? '') };
    setIssues({});
    setProblem(null);
    try {
      const { data } = await change({ variables: { input } });
      const result = data?.changePassword;
      if (result?.__typename === 'ChangePasswordSuccess') {
        setOpen(false);
        toast(`Your password was ${hasPassword ? 'changed' : 'set'}; your other sign-ins have ended.`);
        onChanged();
        return;
      }
      const found = issuesOf(result);
      setIssues(found);
      if (!found['current'] && !found['password']) setProblem(sentenceOf(result));
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description="Your sign-ins elsewhere end with it.">
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          {hasPassword ? (
            <TextField
              label="Present password"
              name="current"
              type="password"
              autoComplete="current-password"
              required
              autoFocus
              error={issues['current']}
            />
          ) : null}
          <TextField
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            autoFocus={!hasPassword}
            hint="Ten characters or more."
            error={issues['password']}
          />
          {problem ? (
            <p role="alert" className="text-bad">
              {problem}
            </p>
          ) : null}
          <div className="flex justify-end">
            <Button tone="primary" type="submit" busy={loading}>
              {title}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
