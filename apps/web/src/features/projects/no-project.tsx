'use client';

import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { CreateProjectDialog } from '#web/components/frame/create-project-dialog.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';

/** A team without projects: make the first. */
export function NoProject({ team }: { team: { id: string; name: string } | null }) {
  const [creating, setCreating] = useState(false);
  return (
    <Page narrow>
      <EmptyState
        whole
        icon={<FolderPlus />}
        title="No project yet"
        action={
          team ? (
            <Button tone="primary" onClick={() => setCreating(true)}>
              New project
            </Button>
          ) : null
        }
      >
        {team
          ? 'A project is one inspection problem: its datasets, trainings and evaluations.'
          : 'Ask an owner or admin of your team to make one.'}
      </EmptyState>
      {team ? <CreateProjectDialog teamId={team.id} teamName={team.name} open={creating} onOpenChange={setCreating} /> : null}
    </Page>
  );
}
