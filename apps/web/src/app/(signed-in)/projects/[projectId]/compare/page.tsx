import type { Metadata } from 'next';
import { ComparisonsPage } from '#web/features/compare/comparisons-page.tsx';

export const metadata: Metadata = { title: 'Compare' };

export default function Comparisons() {
  return <ComparisonsPage />;
}
