import type { Metadata } from 'next';
import { DatasetsPage } from '#web/features/datasets/datasets-page.tsx';

export const metadata: Metadata = { title: 'Datasets' };

export default function Datasets() {
  return <DatasetsPage />;
}
