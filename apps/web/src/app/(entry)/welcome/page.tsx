import type { Metadata } from 'next';
import { WelcomeForm } from '#web/features/account/welcome-form.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';
import { readSetup } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'Welcome', referrer: 'no-referrer' };

/** Opened by the one-time link that the terminal printed at the first start. */
export default async function WelcomePage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token } = await searchParams;
  const setup = await readSetup(token ?? '');
  if (setup?.needsOwner === false) {
    return (
      <EmptyState
        whole
        title="This Plumbline already has its owner"
        action={<ButtonLink href="/sign-in">Sign in</ButtonLink>}
        className="w-full max-w-sm"
      >
        The link worked once. Sign in with the account that was made.
      </EmptyState>
    );
  }
  if (!token) {
    return (
      <EmptyState whole title="The link is incomplete" className="w-full max-w-sm">
        Open the whole address that the terminal printed; it ends in a token.
      </EmptyState>
    );
  }
  if (setup?.welcomes === false) {
    return (
      <EmptyState whole title="This link is not valid" className="w-full max-w-sm">
        Open the one that the terminal printed at the last start; an older one, or one that was cut off when it was copied, does not work.
      </EmptyState>
    );
  }
  return <WelcomeForm token={token} />;
}
