import { OverviewPage } from '#web/features/overview/overview-page.tsx';

export default function Overview() {
  return <OverviewPage />;
}
