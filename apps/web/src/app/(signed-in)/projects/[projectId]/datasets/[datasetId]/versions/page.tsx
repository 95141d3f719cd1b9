import type { Metadata } from 'next';
import { VersionsPage } from '#web/features/versions/versions-page.tsx';

export const metadata: Metadata = { title: 'Versions' };

export default async function Versions({ params }: { params: Promise<{ datasetId: string }> }) {
  const { datasetId } = await params;
  return <VersionsPage datasetId={decodeURIComponent(datasetId)} />;
}
