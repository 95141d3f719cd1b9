import { ActivityPage } from '#web/features/dashboards/activity-page.tsx';

export default function Activity() {
  return <ActivityPage />;
}
