import type { Metadata } from 'next';
import { ActivityPage } from '#web/features/dashboards/activity-page.tsx';

export const metadata: Metadata = { title: 'Activity' };

export default function Activity() {
  return <ActivityPage />;
}
