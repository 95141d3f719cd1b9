'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { createFirstOwnerDocument } from './documents.ts';
import { enter } from './enter.ts';

/** The first visitor becomes owner of the team that holds the sample project. */
export function WelcomeForm({ token }: { token: string }) {
  const [createOwner] = useMutation(createFirstOwnerDocument);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    setBusy(true);
    setProblem(null);
    setIssues({});
    try {
      const input = { token, name: text('name'), email: text('email'), password: text('password'), teamName: text('teamName') };
      const { data } = await createOwner({ variables: { input } });
      const result = data?.createFirstOwner;
      if (result?.__typename !== 'CreateFirstOwnerSuccess') {
        const found = issuesOf(result);
        setIssues(found);
        if (Object.keys(found).length === 0 || found['token'] || found['']) setProblem(found['token'] ?? found[''] ?? sentenceOf(result));
        setBusy(false);
        return;
      }
      window.location.assign((await enter(input.email, input.password)) === null ? '/' : '/sign-in');
    } catch (failure) {
      setProblem(sentenceOf(failure));
      setBusy(false);
    }
  }

  return (
    <div className="flex w-full max-w-sm flex-col gap-4">
      <div>
        <h1 className="text-xl font-semibold">Welcome to Plumbline</h1>
        <p className="mt-1 text-ink-2">
          Make the owner&apos;s account. A sample project is waiting: three textures with defects, and a first model already in training.
        </p>
      </div>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 rounded-md border bg-panel p-4">
        <TextField label="Your name" name="name" autoComplete="name" required autoFocus maxLength={80} error={issues['name']} />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          error={issues['email']}
          hint="You sign in with it; nothing is sent to it."
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          error={issues['password']}
          hint="Ten characters or more."
        />
        <TextField label="Team" name="teamName" required maxLength={80} defaultValue="My team" error={issues['teamName']} />
        {problem ? (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        ) : null}
        <Button tone="primary" type="submit" busy={busy}>
          Create account
        </Button>
      </form>
    </div>
  );
}
