'use client';

import { LogIn } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';

export interface ProviderButtonProps {
  /** What people call the OIDC provider. */
  readonly provider: string;
  /** Where to go then: a path of this site. */
  readonly target: string;
  /** Of an invitation that is to be taken; null where it is no longer valid. */
  readonly ticket?: () => Promise<string | null>;
}

/** Goes to the OIDC provider to sign in there. */
export function ProviderButton({ provider, target, ticket }: ProviderButtonProps) {
  const [busy, setBusy] = useState(false);

  async function go() {
    setBusy(true);
    try {
      const held = await ticket?.();
      if (held === null) throw new Error('The invitation is no longer valid; ask who invited you for another one.');
      await signIn('oidc', { callbackUrl: target, ...(held === undefined ? {} : { ticket: held }) });
    } catch (failure) {
      toast.error(`${provider} could not be asked.`, { description: sentenceOf(failure) });
      setBusy(false);
    }
  }

  return (
    <Button className="w-full" busy={busy} onClick={() => void go()}>
      {busy ? null : <LogIn />} Continue with {provider}
    </Button>
  );
}

/** Between two ways to sign in. */
export function Or() {
  return (
    <div className="flex items-center gap-3 text-xs text-ink-3">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
