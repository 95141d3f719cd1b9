import type { Metadata } from 'next';
import { EvaluationsPage } from '#web/features/evaluation/evaluations-page.tsx';

export const metadata: Metadata = { title: 'Evaluations' };

export default function Evaluations() {
  return <EvaluationsPage />;
}
