import type { Metadata } from 'next';
import { DifferencesPage } from '#web/features/recipes/differences-page.tsx';

export const metadata: Metadata = { title: 'Differences' };

export default function Differences() {
  return <DifferencesPage />;
}
