'use client';

import { useRouter } from 'next/navigation';
import { ErrorState } from '#web/components/ui/state.tsx';

/** Shown in place of a page while the API is away. */
export function ApiUnreachable() {
  const router = useRouter();
  return (
    <main className="flex h-dvh items-center justify-center p-4">
      <ErrorState
        whole
        title="The API does not answer"
        reason="It may be starting, or have stopped; the terminal that runs Plumbline says more."
        onRetry={() => router.refresh()}
        className="bg-panel"
      />
    </main>
  );
}
