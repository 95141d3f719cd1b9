import type { Metadata } from 'next';
import { AccountPage } from '#web/features/account/account-page.tsx';
import { readOidc } from '#web/server/oidc.ts';
import { requireViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'My account' };

export default async function Account() {
  const viewer = await requireViewer('/account');
  const { issuer, name } = readOidc() ?? {};
  const provider = issuer === undefined || name === undefined ? null : { issuer, name };
  return viewer ? <AccountPage viewer={viewer} provider={provider} /> : null;
}
