import { UsersRound } from 'lucide-react';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';

/** Foreign and unknown teams look the same. */
export function NoTeam({ forAdmins }: { forAdmins?: boolean }) {
  return (
    <Page narrow>
      <EmptyState
        whole
        icon={<UsersRound />}
        title={forAdmins ? 'For admins and owners' : 'No such team'}
        action={<ButtonLink href="/">Go to your projects</ButtonLink>}
      >
        {forAdmins
          ? 'This page of a team is shown to its admins and owners; ask one of them.'
          : 'It may be gone, or you are not a member of it.'}
      </EmptyState>
    </Page>
  );
}
