import type { Metadata } from 'next';
import { NewExperimentPage } from '#web/features/experiments/new/new-experiment-page.tsx';

export const metadata: Metadata = { title: 'New experiment' };

export default function NewExperiment() {
  return <NewExperimentPage />;
}
