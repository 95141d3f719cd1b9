import type { Metadata } from 'next';
import { NewComparisonPage } from '#web/features/compare/new/new-comparison-page.tsx';

export const metadata: Metadata = { title: 'New comparison' };

export default function NewComparison() {
  return <NewComparisonPage />;
}
