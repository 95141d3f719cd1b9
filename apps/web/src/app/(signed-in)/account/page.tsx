import type { Metadata } from 'next';
import { AccountPage } from '#web/features/account/account-page.tsx';
import { requireViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'My account' };

export default async function Account() {
  const viewer = await requireViewer('/account');
  return viewer ? <AccountPage viewer={viewer} /> : null;
}
