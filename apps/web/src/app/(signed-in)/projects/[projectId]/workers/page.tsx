import type { Metadata } from 'next';
import { WorkersPage } from '#web/features/workers/workers-page.tsx';

export const metadata: Metadata = { title: 'Workers' };

export default function Workers() {
  return <WorkersPage />;
}
