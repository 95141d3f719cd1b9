import { EvaluationPage } from '#web/features/evaluation/evaluation-page.tsx';

export default async function Evaluation({ params }: { params: Promise<{ evaluationId: string }> }) {
  const { evaluationId } = await params;
  return <EvaluationPage id={decodeURIComponent(evaluationId)} />;
}
