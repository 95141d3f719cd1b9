import { ButtonLink } from '#web/components/ui/button.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';

export default function NotFoundPage() {
  return (
    <main className="flex min-h-[60dvh] items-center justify-center p-4">
      <EmptyState title="There is no such page" action={<ButtonLink href="/">Go to your projects</ButtonLink>}>
        The address may be incomplete.
      </EmptyState>
    </main>
  );
}
