import type { Metadata } from 'next';
import { TeamPage } from '#web/features/dashboards/team-page.tsx';

export const metadata: Metadata = { title: 'Team' };

export default async function TeamHome({ params }: { params: Promise<{ teamId: string }> }) {
  const { teamId } = await params;
  return <TeamPage teamId={teamId} />;
}
