import type { Metadata } from 'next';
import { ExplorerPage } from '#web/features/explorer/explorer-page.tsx';

export const metadata: Metadata = { title: 'API explorer' };

export default function Explorer() {
  return <ExplorerPage />;
}
