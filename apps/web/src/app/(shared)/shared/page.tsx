import type { Metadata } from 'next';
import { SharedPage } from '#web/features/compare/share/shared-page.tsx';

export const metadata: Metadata = { title: 'Shared comparison', referrer: 'no-referrer', robots: { index: false } };

/** Opened by a share link; its secret stands behind the #, which a browser never sends. */
export default function Shared() {
  return <SharedPage />;
}
