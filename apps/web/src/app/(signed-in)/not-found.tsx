import { FileQuestion } from 'lucide-react';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';

/** An address that leads nowhere, for someone who is signed in: the frame around it shows the ways on. */
export default function NotFoundPage() {
  return (
    <Page narrow>
      <EmptyState icon={<FileQuestion />} title="There is no such page" action={<ButtonLink href="/">Go to your projects</ButtonLink>}>
        The address may be incomplete.
      </EmptyState>
    </Page>
  );
}
