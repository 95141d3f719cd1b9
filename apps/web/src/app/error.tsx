'use client';

import { ErrorState } from '#web/components/ui/state.tsx';

/** The last net: something unexpected was thrown while drawing. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="flex min-h-[60dvh] items-center justify-center p-4">
      <ErrorState
        whole
        title="This page broke"
        reason={error.digest ? `The server's log has the details under ${error.digest}.` : error.message}
        // A page loaded before an update asks for files that are gone: only a full load helps.
        onRetry={error.name === 'ChunkLoadError' ? () => window.location.reload() : reset}
        className="bg-panel"
      />
    </main>
  );
}
