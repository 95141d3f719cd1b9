import { EvaluationsPage } from '#web/features/evaluation/evaluations-page.tsx';

export default function Evaluations() {
  return <EvaluationsPage />;
}
