import type { Metadata } from 'next';
import { ViewPage } from '#web/features/compare/view-page.tsx';

export const metadata: Metadata = { title: 'Comparison' };

export default function View() {
  return <ViewPage />;
}
