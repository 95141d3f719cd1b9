import type { Metadata } from 'next';
import { ExperimentsPage } from '#web/features/experiments/experiments-page.tsx';

export const metadata: Metadata = { title: 'Experiments' };

export default function Experiments() {
  return <ExperimentsPage />;
}
