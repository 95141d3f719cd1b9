import type { Metadata } from 'next';
import { NoTeam } from '#web/features/team/no-team.tsx';
import { isAdmin } from '#web/features/team/roles.ts';
import { WebhooksPage } from '#web/features/webhooks/webhooks-page.tsx';
import { requireViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function Webhooks({ params }: { params: Promise<{ teamId: string }> }) {
  const { teamId } = await params;
  const viewer = await requireViewer(`/teams/${teamId}/webhooks`);
  if (!viewer) return null;
  const membership = viewer.teams.find(({ team }) => team.id === teamId);
  if (!membership) return <NoTeam />;
  return isAdmin(membership.role) ? <WebhooksPage membership={membership} /> : <NoTeam forAdmins />;
}
