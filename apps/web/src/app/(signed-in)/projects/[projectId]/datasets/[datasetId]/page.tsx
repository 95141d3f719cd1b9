import type { Metadata } from 'next';
import { DatasetPage } from '#web/features/datasets/dataset-page.tsx';

export const metadata: Metadata = { title: 'Dataset' };

export default async function Dataset({ params }: { params: Promise<{ datasetId: string }> }) {
  const { datasetId } = await params;
  return <DatasetPage datasetId={decodeURIComponent(datasetId)} />;
}
