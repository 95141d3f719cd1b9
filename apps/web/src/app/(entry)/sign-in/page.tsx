import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#web/features/account/sign-in-form.tsx';
import { returnAddress } from '#web/lib/return-address.ts';
import { readOidc } from '#web/server/oidc.ts';
import { readSetup, readViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string; ended?: string; error?: string }> }) {
  const { next, ended, error } = await searchParams;
  const target = returnAddress(next);
  if ((await readViewer()).kind === 'viewer') redirect(target);
  const needsOwner = (await readSetup(''))?.needsOwner ?? null;
  return (
    <SignInForm
      target={target}
      ended={ended === '1'}
      needsOwner={needsOwner === true}
      provider={readOidc()?.name ?? null}
      refusal={typeof error === 'string' ? error : null}
    />
  );
}
