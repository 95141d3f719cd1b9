import type { Metadata } from 'next';
import { EvaluationPage } from '#web/features/evaluation/evaluation-page.tsx';

export const metadata: Metadata = { title: 'Evaluation' };

export default async function Evaluation({ params }: { params: Promise<{ evaluationId: string }> }) {
  const { evaluationId } = await params;
  return <EvaluationPage id={decodeURIComponent(evaluationId)} />;
}
