import type { ReactNode } from 'react';
import { PublicFrame } from '#web/components/frame/public-frame.tsx';

/** What somebody without an account may look at. */
export default function SharedLayout({ children }: { children: ReactNode }) {
  return (
    <PublicFrame head="border-b bg-panel" body="min-w-0 flex-col gap-5 px-4 py-5 md:px-6">
      {children}
    </PublicFrame>
  );
}
