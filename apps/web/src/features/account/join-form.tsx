'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { enter } from './enter.ts';
import { createAccountDocument } from './join-documents.ts';

export interface JoinFormProps {
  readonly kind: 'new' | 'known';
  readonly secret: string;
  /** The only account that may join; null for any. */
  readonly email: string | null;
  /** Joins with the account that has just signed in; answers a sentence where that is refused. */
  readonly join: () => Promise<string | null>;
}

/** A new account, or the password of one that exists. */
export function JoinForm({ kind, secret, email, join }: JoinFormProps) {
  const [createAccount] = useMutation(createAccountDocument);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});

  /** Answers the sentence that says why not, or null when the page is being left. */
  async function begin(form: FormData): Promise<string | null> {
    const text = (name: string) => String(form.get(name) ?? '');
    const credentials = { email: email ?? text('email'), password: text('password') };
    if (kind === 'new') {
      const { data } = await createAccount({ variables: { input: { ...credentials, secret, name: text('name') } } });
      const result = data?.createAccount;
      if (result?.__typename !== 'CreateAccountSuccess') {
        const found = issuesOf(result);
        setIssues(found);
        return found['name'] || found['email'] || found['password'] ? '' : sentenceOf(result);
      }
    }
    const refused = await enter(credentials.email, credentials.password);
    if (refused !== null) return refused;
    if (kind === 'known') return join();
    window.location.assign('/');
    return null;
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    setIssues({});
    const refused = await begin(form).catch(sentenceOf);
    setProblem(refused);
    if (refused !== null) setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 rounded-md border bg-panel p-4">
      {kind === 'new' ? (
        <TextField label="Your name" name="name" autoComplete="name" required autoFocus maxLength={80} error={issues['name']} />
      ) : null}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        {...(email === null ? {} : { value: email, readOnly: true })}
        error={issues['email']}
        hint={email === null ? 'You sign in with it; nothing is sent to it.' : 'The invitation is for this address.'}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete={kind === 'new' ? 'new-password' : 'current-password'}
        required
        {...(kind === 'new' ? { minLength: 10, hint: 'Ten characters or more.' } : {})}
        error={issues['password']}
      />
      {problem ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : null}
      <Button tone="primary" type="submit" busy={busy}>
        {kind === 'new' ? 'Create account and join' : 'Sign in and join'}
      </Button>
    </form>
  );
}
