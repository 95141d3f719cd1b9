import type { Metadata } from 'next';
import { ExperimentPage } from '#web/features/experiments/experiment-page.tsx';

export const metadata: Metadata = { title: 'Experiment' };

export default async function Experiment({ params }: { params: Promise<{ experimentId: string }> }) {
  const { experimentId } = await params;
  return <ExperimentPage key={experimentId} experimentId={decodeURIComponent(experimentId)} />;
}
