import type { ReactNode } from 'react';
import { PublicFrame } from '#web/components/frame/public-frame.tsx';

/** The doors of the house: sign-in and welcome. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <PublicFrame body="items-start justify-center px-4 pt-[10vh] pb-10">{children}</PublicFrame>;
}
