'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { enter } from './enter.ts';
import { Or, ProviderButton } from './provider-button.tsx';
import { refusalInWords } from './refusals.ts';

export interface SignInFormProps {
  /** A path of this site. */
  readonly target: string;
  /** The session ended while the person was at work. */
  readonly ended: boolean;
  readonly needsOwner: boolean;
  /** What people call the OIDC provider; null where there is none. */
  readonly provider: string | null;
  /** Why signing in there has just failed, as one word; null where it did not. */
  readonly refusal: string | null;
}

export function SignInForm({ target, ended, needsOwner, provider, refusal }: SignInFormProps) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    const refused = await enter(String(form.get('email')), String(form.get('password')));
    if (refused === null) {
      // A full load, so that nothing of an earlier person stays in memory.
      window.location.assign(target);
      return;
    }
    setBusy(false);
    setError(refused);
  }

  return (
    <div className="flex w-full max-w-sm flex-col gap-4">
      <h1 className="text-xl font-semibold">Sign in</h1>
      {ended ? <Banner tone="info">Your session ended. Sign in to go on where you were.</Banner> : null}
      {needsOwner ? (
        <Banner tone="info">Nobody has an account yet. Open the one-time link that the terminal printed to make the owner&apos;s.</Banner>
      ) : null}
      {refusal !== null && provider !== null ? <Banner tone="error">{refusalInWords(refusal, provider)}</Banner> : null}
      {provider !== null ? (
        <>
          <ProviderButton provider={provider} target={target} />
          <Or />
        </>
      ) : null}
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 rounded-md border bg-panel p-4">
        <TextField label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
        {error ? (
          <p role="alert" className="text-bad">
            {error}
          </p>
        ) : null}
        <Button tone="primary" type="submit" busy={busy}>
          Sign in
        </Button>
      </form>
    </div>
  );
}
