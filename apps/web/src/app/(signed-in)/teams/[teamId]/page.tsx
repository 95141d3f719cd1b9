import type { Metadata } from 'next';
import { MembersPage } from '#web/features/team/members-page.tsx';
import { NoTeam } from '#web/features/team/no-team.tsx';
import { requireViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function Members({ params }: { params: Promise<{ teamId: string }> }) {
  const { teamId } = await params;
  const viewer = await requireViewer(`/teams/${teamId}`);
  if (!viewer) return null;
  const membership = viewer.teams.find(({ team }) => team.id === teamId);
  return membership ? <MembersPage viewer={viewer} membership={membership} /> : <NoTeam />;
}
