import type { Metadata } from 'next';
import { JoinPage } from '#web/features/account/join-page.tsx';
import { readOidc } from '#web/server/oidc.ts';
import { readViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

/** Opened by an invitation's link; its secret stands behind the #, which a browser never sends. */
export default async function Join() {
  const result = await readViewer();
  const viewer = result.kind === 'viewer' ? { name: result.viewer.name, email: result.viewer.email } : null;
  return <JoinPage viewer={viewer} provider={readOidc()?.name ?? null} />;
}
