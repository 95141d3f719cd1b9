import type { Metadata } from 'next';
import { LivePage } from '#web/features/live/live-page.tsx';

export const metadata: Metadata = { title: 'Live check' };

export default function Live() {
  return <LivePage />;
}
