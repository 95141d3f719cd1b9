'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { Role } from '#web/graphql/generated/graphql.ts';
import { changeMemberRoleDocument, leaveTeamDocument, removeMemberDocument } from './documents.ts';

interface Asked {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  /** Answers a sentence where it could not be done. */
  readonly run: () => Promise<string | null>;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

export interface MemberActsOptions {
  readonly teamId: string;
  readonly viewerId: string;
  readonly onDone: () => void;
}

/** Changing a role (with undo), removing a member, leaving: what can lock out is asked about first. */
export function useMemberActs({ teamId, viewerId, onDone }: MemberActsOptions) {
  const router = useRouter();
  const [change, { loading: changing }] = useMutation(changeMemberRoleDocument);
  const [remove, { loading: removing }] = useMutation(removeMemberDocument);
  const [leave, { loading: leaving }] = useMutation(leaveTeamDocument);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function ask(question: Asked) {
    setProblem(null);
    setAsked(question);
  }

  async function giveRole(person: Person, role: Role): Promise<string | null> {
    const { data } = await change({ variables: { input: { teamId, userId: person.id, role } } });
    if (data?.changeMemberRole.__typename !== 'ChangeMemberRoleSuccess') return sentenceOf(data?.changeMemberRole);
    onDone();
    if (person.id === viewerId) router.refresh();
    return null;
  }

  async function changeRole(person: Person & { readonly role: Role }, role: Role): Promise<void> {
    const refused = await giveRole(person, role).catch(sentenceOf);
    if (refused !== null) {
      toast.error('The role could not be changed.', { description: refused });
      return;
    }
    const undo = () =>
      void giveRole(person, person.role)
        .catch(sentenceOf)
        .then((sentence) => (sentence === null ? undefined : toast.error('It could not be undone.', { description: sentence })));
    toast(`${person.name} is now ${role}.`, { action: { label: 'Undo', onClick: undo } });
  }

  return {
    asked,
    problem,
    busy: changing || removing || leaving,
    cancel: () => setAsked(null),
    async confirm() {
      const refused = asked ? await asked.run().catch(sentenceOf) : null;
      setProblem(refused);
      if (refused === null) setAsked(null);
    },
    askRole(person: Person & { readonly role: Role }, role: Role) {
      if (person.id !== viewerId) return void changeRole(person, role);
      ask({
        title: `Become ${role}?`,
        description: `You give up your own role ${person.role}. Only somebody else can give it back.`,
        action: `Become ${role}`,
        run: () => giveRole(person, role),
      });
    },
    askRemove(person: Person) {
      ask({
        title: `Remove ${person.name}?`,
        description:
          'They see nothing of this team within five seconds, and their API tokens and pending invitations here end. What they made stays.',
        action: 'Remove member',
        run: async () => {
          const { data } = await remove({ variables: { input: { teamId, userId: person.id } } });
          if (data?.removeMember.__typename !== 'RemoveMemberSuccess') return sentenceOf(data?.removeMember);
          toast(`${person.name} was removed.`);
          onDone();
          return null;
        },
      });
    },
    askLeave(teamName: string) {
      ask({
        title: `Leave ${teamName}?`,
        description: 'You see nothing of it any more, and your API tokens here end. Only an invitation brings you back.',
        action: 'Leave team',
        run: async () => {
          const { data } = await leave({ variables: { id: teamId } });
          if (data?.leaveTeam.__typename !== 'LeaveTeamSuccess') return sentenceOf(data?.leaveTeam);
          // A full load, so that nothing of the team stays in memory.
          window.location.assign('/');
          return null;
        },
      });
    },
  };
}

export function MemberDialogs({ acts }: { acts: ReturnType<typeof useMemberActs> }) {
  return (
    <ConfirmDialog
      open={acts.asked !== null}
      onOpenChange={(wanted) => (wanted ? undefined : acts.cancel())}
      title={acts.asked?.title ?? ''}
      description={acts.asked?.description ?? ''}
      action={acts.asked?.action ?? ''}
      busy={acts.busy}
      error={acts.problem}
      onConfirm={() => void acts.confirm()}
    />
  );
}
