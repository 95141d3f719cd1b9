'use client';

import { useMutation } from '@apollo/client/react';
import { Gauge, Pause, Pencil, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { RunQuery } from '#web/graphql/generated/graphql.ts';
import { startEvaluationDocument } from './documents.ts';
import { PriorityMenu } from './priority-menu.tsx';
import { possibleActs } from './run-acts.ts';
import { isActive } from './run-states.ts';
import { trainAgainQuery } from './train-again.ts';
import { useRunControl } from './use-run-control.ts';

type Run = NonNullable<RunQuery['trainingRun']>;

/** What can be done with the run in its state: pause, resume, order, cancel, continue, retry, train again from its form, evaluate, look at the evaluation. */
export function RunActions({ run }: { run: Run }) {
  const project = useProject();
  const router = useRouter();
  const control = useRunControl();
  const [confirming, setConfirming] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const [evaluate, evaluating] = useMutation(startEvaluationDocument);
  const base = `/projects/${project.id}`;
  const active = isActive(run.state);
  const acts = possibleActs(run);
  const evaluation = run.evaluations.at(-1);
  const best = run.checkpoints.find((checkpoint) => checkpoint.kind === 'best') ?? run.checkpoints[0];
  const evaluable = run.kind === 'reconstruction' && best !== undefined && !active;

  async function act<Result>(name: string, perform: () => Promise<Result>): Promise<Result> {
    setBusy(name);
    try {
      return await perform();
    } finally {
      setBusy(null);
    }
  }
  async function open(name: string, make: () => Promise<string | null>) {
    const id = await act(name, make);
    if (id) router.push(`${base}/runs/${id}`);
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
      {project.canEdit && acts.prioritise ? (
        <PriorityMenu priority={run.priority} onChoose={(priority) => void control.setPriority(run.id, priority)} />
      ) : null}
      {project.canEdit && acts.pause ? (
        <Button busy={busy === 'pause'} onClick={() => void act('pause', () => control.pause(run.id))}>
          <Pause /> Pause
        </Button>
      ) : null}
      {run.pauseRequested && active && !run.cancelRequested ? (
        <Button disabled title="It pauses at the end of this epoch">
          <Pause /> Pausing …
        </Button>
      ) : null}
      {project.canEdit && acts.resume ? (
        <Button tone="primary" busy={busy === 'resume'} onClick={() => void act('resume', () => control.resume(run.id))}>
          <Play /> Resume
        </Button>
      ) : null}
      {project.canEdit && active ? (
        <Button tone="danger" disabled={run.cancelRequested} onClick={() => setConfirming(true)}>
          <Square /> {run.cancelRequested ? 'Cancelling …' : 'Cancel'}
        </Button>
      ) : null}
      {project.canEdit && acts.goOn ? (
        <Button busy={busy === 'continue'} onClick={() => void open('continue', () => control.goOn(run.id))}>
          <StepForward /> Continue from epoch {run.checkpoints.find(({ kind }) => kind === 'last')?.epoch}
        </Button>
      ) : null}
      {project.canEdit && run.state === 'failed' ? (
        <Button busy={busy === 'retry'} onClick={() => void open('retry', () => control.retry(run.id))}>
          <RotateCcw /> Retry
        </Button>
      ) : null}
      {project.canEdit && !active && run.kind === 'reconstruction' ? (
        <ButtonLink href={`${base}/runs/new${trainAgainQuery(run)}`}>
          <Play /> Train again …
        </ButtonLink>
      ) : null}
      {project.canEdit && run.state === 'succeeded' ? (
        <ButtonLink href={`${base}/recipes/form?from=${run.id}`}>
          <Pencil /> With one change …
        </ButtonLink>
      ) : null}
      {evaluation ? (
        <ButtonLink tone="primary" href={`${base}/evaluations/${evaluation.id}`}>
          <Gauge /> Evaluation
        </ButtonLink>
      ) : project.canEdit && evaluable ? (
        <Button tone="primary" busy={evaluating.loading} onClick={() => void startEvaluation(best.id)}>
          <Gauge /> Evaluate
        </Button>
      ) : null}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Cancel this training?"
        description={`It stops at epoch ${run.epoch} of ${run.epochs}. The curve stays; the run cannot be taken up again. To take it up later, pause it instead.`}
        action="Cancel training"
        busy={busy === 'cancel'}
        onConfirm={() => void act('cancel', () => control.cancel(run.id)).then((done) => (done ? setConfirming(false) : undefined))}
      />
    </>
  );
}
