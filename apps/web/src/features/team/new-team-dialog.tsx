'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { createTeamDocument } from './documents.ts';

/** Another team, whose owner one is; leads to its page. */
export function NewTeamDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const [create] = useMutation(createTeamDocument);
  return (
    <NameDialog
      open={open}
      onOpenChange={onOpenChange}
      title="New team"
      description="Its projects, data and members are apart from those of every other team. You own it."
      placeholder="Line 4"
      action="Create team"
      onSubmit={async (name) => {
        const { data } = await create({ variables: { input: { name } } });
        if (data?.createTeam.__typename !== 'CreateTeamSuccess') return sentenceOf(data?.createTeam);
        onOpenChange(false);
        router.push(`/teams/${data.createTeam.team.id}`);
        router.refresh();
        return null;
      }}
    />
  );
}
