import type { Metadata } from 'next';
import { AuditPage } from '#web/features/team/audit-page.tsx';
import { NoTeam } from '#web/features/team/no-team.tsx';
import { isAdmin } from '#web/features/team/roles.ts';
import { requireViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'Who did what' };

export default async function Audit({ params }: { params: Promise<{ teamId: string }> }) {
  const { teamId } = await params;
  const viewer = await requireViewer(`/teams/${teamId}/audit`);
  if (!viewer) return null;
  const membership = viewer.teams.find(({ team }) => team.id === teamId);
  if (!membership) return <NoTeam />;
  return isAdmin(membership.role) ? <AuditPage membership={membership} /> : <NoTeam forAdmins />;
}
