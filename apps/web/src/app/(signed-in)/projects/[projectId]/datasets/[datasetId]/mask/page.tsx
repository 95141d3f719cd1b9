import type { Metadata } from 'next';
import { MaskPage } from '#web/features/masks/mask-page.tsx';

export const metadata: Metadata = { title: 'Mask' };

export default async function Mask({ params }: { params: Promise<{ datasetId: string }> }) {
  const { datasetId } = await params;
  return <MaskPage datasetId={decodeURIComponent(datasetId)} />;
}
