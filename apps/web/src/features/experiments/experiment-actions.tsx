'use client';

import { useMutation } from '@apollo/client/react';
import { Copy, Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { ExperimentAct, ExperimentLiveFragment, ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import { PriorityMenu } from '#web/features/runs/priority-menu.tsx';
import { possibleActs } from '#web/features/runs/run-acts.ts';
import { plural } from '#web/lib/numbers.ts';
import { controlExperimentDocument, setExperimentPriorityDocument } from './documents.ts';
import { cloneQuery } from './new/plan.ts';

export interface ExperimentActionsProps {
  readonly experiment: ExperimentLiveFragment;
  readonly runs: readonly ExperimentRunFragment[];
  readonly onChange: () => void;
}

/** Pause, resume, order, cancel all runs that can be; begin another experiment with the same plan. */
export function ExperimentActions({ experiment, runs, onChange }: ExperimentActionsProps) {
  const project = useProject();
  const [control, controlling] = useMutation(controlExperimentDocument);
  const [prioritise] = useMutation(setExperimentPriorityDocument);
  const [asked, setAsked] = useState<ExperimentAct | null>(null);
  const [confirming, setConfirming] = useState(false);
  const can = runs.map(possibleActs);
  const open = can.filter(({ cancel }) => cancel).length;

  async function act(which: ExperimentAct) {
    setAsked(which);
    try {
      const { data } = await control({ variables: { id: experiment.id, act: which } });
      const result = data?.controlExperiment;
      if (result?.__typename !== 'ControlExperimentSuccess')
        toast.error(`The experiment could not be ${done[which]}.`, { description: sentenceOf(result) });
    } catch (failure) {
      toast.error(`The experiment could not be ${done[which]}.`, { description: sentenceOf(failure) });
    }
    setAsked(null);
    setConfirming(false);
    onChange();
  }
  async function order(priority: number) {
    try {
      const { data } = await prioritise({ variables: { id: experiment.id, priority } });
      const result = data?.setExperimentPriority;
      if (result?.__typename !== 'CreateExperimentSuccess')
        toast.error('The priority was not changed.', { description: sentenceOf(result) });
    } catch (failure) {
      toast.error('The priority was not changed.', { description: sentenceOf(failure) });
    }
    onChange();
  }

  return (
    <>
      <CopyLink compact />
      {project.canEdit && can.some(({ prioritise: waits }) => waits) ? (
        <PriorityMenu priority={experiment.priority} onChoose={(priority) => void order(priority)} />
      ) : null}
      {project.canEdit && can.some(({ pause }) => pause) ? (
        <Button busy={asked === 'pause'} onClick={() => void act('pause')}>
          <Pause /> Pause all
        </Button>
      ) : null}
      {project.canEdit && can.some(({ resume }) => resume) ? (
        <Button tone="primary" busy={asked === 'resume'} onClick={() => void act('resume')}>
          <Play /> Resume
        </Button>
      ) : null}
      {project.canEdit && open > 0 ? (
        <Button tone="danger" onClick={() => setConfirming(true)}>
          <Square /> Cancel all
        </Button>
      ) : null}
      {project.canEdit ? (
        <ButtonLink href={`/projects/${project.id}/experiments/new${cloneQuery(experiment, runs)}`}>
          <Copy /> Clone …
        </ButtonLink>
      ) : null}
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Cancel the experiment?"
        description={`${plural(open, 'run')} that ${open === 1 ? 'has' : 'have'} not ended will stop and cannot be taken up again; what is done stays. To go on later, pause instead.`}
        action={`Cancel ${plural(open, 'run')}`}
        busy={controlling.loading}
        onConfirm={() => void act('cancel')}
      />
    </>
  );
}

const done: Readonly<Record<ExperimentAct, string>> = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' };
