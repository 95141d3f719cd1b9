'use client';

import { useMutation } from '@apollo/client/react';
import { Gauge, Play, RotateCcw, Square } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { RunQuery } from '#web/graphql/generated/graphql.ts';
import { cancelTrainingDocument, retryTrainingDocument, runDocument, startEvaluationDocument } from './documents.ts';
import { isActive } from './run-states.ts';
import { trainAgainQuery } from './train-again.ts';

type Run = NonNullable<RunQuery['trainingRun']>;

/** What can be done with the run in its state: cancel, retry at once, train again from its form, evaluate, look at the evaluation. */
export function RunActions({ run }: { run: Run }) {
  const project = useProject();
  const router = useRouter();
  const [confirming, setConfirming] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [cancel, cancelling] = useMutation(cancelTrainingDocument, { refetchQueries: [runDocument] });
  const [retry, retrying] = useMutation(retryTrainingDocument);
  const [evaluate, evaluating] = useMutation(startEvaluationDocument);
  const base = `/projects/${project.id}`;
  const active = isActive(run.state);
  const evaluation = run.evaluations.at(-1);
  const best = run.checkpoints.find((checkpoint) => checkpoint.kind === 'best') ?? run.checkpoints[0];

  async function confirmCancel() {
    setError(null);
    try {
      const { data } = await cancel({ variables: { id: run.id } });
      if (data?.cancelTraining.__typename === 'CancelTrainingSuccess') setConfirming(false);
      else setError(sentenceOf(data?.cancelTraining));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }
  async function startAgain() {
    try {
      const { data } = await retry({ variables: { id: run.id } });
      const result = data?.retryTraining;
      if (result?.__typename === 'StartTrainingSuccess') router.push(`${base}/runs/${result.trainingRun.id}`);
      else toast.error('It could not be started again.', { description: sentenceOf(result) });
    } catch (failure) {
      toast.error('It could not be started again.', { description: sentenceOf(failure) });
    }
  }
  async function startEvaluation(checkpointId: string) {
    try {
      const { data } = await evaluate({ variables: { checkpointId } });
      const result = data?.startEvaluation;
      if (result?.__typename === 'StartEvaluationSuccess') router.push(`${base}/evaluations/${result.evaluation.id}`);
      else toast.error('The evaluation could not be started.', { description: sentenceOf(result) });
    } catch (failure) {
      toast.error('The evaluation could not be started.', { description: sentenceOf(failure) });
    }
  }

  return (
    <>
      <CopyLink compact />
      {project.canEdit && active ? (
        <Button tone="danger" disabled={run.cancelRequested} onClick={() => setConfirming(true)}>
          <Square /> {run.cancelRequested ? 'Cancelling …' : 'Cancel'}
        </Button>
      ) : null}
      {project.canEdit && run.state === 'failed' ? (
        <Button busy={retrying.loading} onClick={() => void startAgain()}>
          <RotateCcw /> Retry
        </Button>
      ) : null}
      {project.canEdit && !active ? (
        <ButtonLink href={`${base}/runs/new${trainAgainQuery(run)}`}>
          <Play /> Train again …
        </ButtonLink>
      ) : null}
      {evaluation ? (
        <ButtonLink tone="primary" href={`${base}/evaluations/${evaluation.id}`}>
          <Gauge /> Evaluation
        </ButtonLink>
      ) : project.canEdit && best && !active ? (
        <Button tone="primary" busy={evaluating.loading} onClick={() => void startEvaluation(best.id)}>
          <Gauge /> Evaluate
        </Button>
      ) : null}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Cancel this training?"
        description={`It stops at epoch ${run.epoch} of ${run.epochs}. The curve stays; the run cannot be taken up again.`}
        action="Cancel training"
        busy={cancelling.loading}
        error={error}
        onConfirm={() => void confirmCancel()}
      />
    </>
  );
}
