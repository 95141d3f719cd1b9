import type { Metadata } from 'next';
import { ComparisonPage } from '#web/features/compare/comparison-page.tsx';

export const metadata: Metadata = { title: 'Comparison' };

export default async function Comparison({ params }: { params: Promise<{ comparisonId: string }> }) {
  const { comparisonId } = await params;
  return <ComparisonPage key={comparisonId} comparisonId={decodeURIComponent(comparisonId)} />;
}
