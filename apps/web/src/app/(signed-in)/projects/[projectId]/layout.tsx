import { FolderX } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';
import { requireViewer } from '#web/server/viewer.ts';

/** Foreign and unknown projects look the same. */
export default async function ProjectLayout({ children, params }: { children: ReactNode; params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const viewer = await requireViewer(`/projects/${projectId}`);
  if (viewer?.teams.some(({ team }) => team.projects.some((project) => project.id === projectId))) return children;
  return (
    <Page narrow>
      <EmptyState whole icon={<FolderX />} title="No such project" action={<ButtonLink href="/">Go to your projects</ButtonLink>}>
        It may have been removed, or you are not a member of its team.
      </EmptyState>
    </Page>
  );
}
