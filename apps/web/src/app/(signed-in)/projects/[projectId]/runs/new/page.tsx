import type { Metadata } from 'next';
import { NewTrainingPage } from '#web/features/runs/new/new-training-page.tsx';

export const metadata: Metadata = { title: 'New training' };

export default function NewTraining() {
  return <NewTrainingPage />;
}
