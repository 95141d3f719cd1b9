import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { NoProject } from '#web/features/projects/no-project.tsx';
import { isAdmin } from '#web/features/team/roles.ts';
import { requireViewer } from '#web/server/viewer.ts';

export const metadata: Metadata = { title: 'No project yet' };

/** Home is the Overview of the first project; a team without one is asked to make it. */
export default async function HomePage() {
  const viewer = await requireViewer('/');
  const projects = viewer?.teams.flatMap(({ team }) => team.projects) ?? [];
  const first = projects[0];
  if (first) redirect(`/projects/${first.id}`);
  return <NoProject team={viewer?.teams.find(({ role }) => isAdmin(role))?.team ?? null} />;
}
