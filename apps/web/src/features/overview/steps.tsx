import { Check, Loader } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { classes } from '#web/lib/classes.ts';
import { firstSteps, type StepFacts, type StepState } from './first-steps.ts';

export interface StepsProps {
  readonly facts: StepFacts;
  readonly base: string;
  readonly runningId: string | null;
  readonly evaluationId: string | null;
  readonly canEdit: boolean;
}

/** The way from nothing to a residual map, with what is already done. */
export function Steps({ facts, base, runningId, evaluationId, canEdit }: StepsProps) {
  const [data, train, look] = firstSteps(facts);
  return (
    <ol className="grid gap-px overflow-hidden rounded-md border bg-line md:grid-cols-3">
      <Step
        number={1}
        state={data}
        title="Bring images"
        action={
          canEdit && data === 'next' ? (
            <ButtonLink size="small" tone="primary" href={`${base}/datasets?new=1`}>
              New dataset
            </ButtonLink>
          ) : (
            <ButtonLink size="small" href={`${base}/datasets`}>
              See the datasets
            </ButtonLink>
          )
        }
      >
        Drop a folder or a zip: good parts to train on, defective ones to test with, masks if there are any.
      </Step>
      <Step
        number={2}
        state={train}
        title="Train a model"
        action={
          runningId ? (
            <ButtonLink size="small" tone="primary" href={`${base}/runs/${runningId}`}>
              Watch it train
            </ButtonLink>
          ) : canEdit && data === 'done' ? (
            <ButtonLink size="small" tone={train === 'next' ? 'primary' : 'plain'} href={`${base}/runs/new`}>
              New training
            </ButtonLink>
          ) : null
        }
      >
        It learns what a good part looks like. The curve and the reconstructions move while it does.
      </Step>
      <Step
        number={3}
        state={look}
        title="See where the defects are"
        action={
          evaluationId ? (
            <ButtonLink size="small" tone={look === 'done' ? 'plain' : 'primary'} href={`${base}/evaluations/${evaluationId}`}>
              Open the residual maps
            </ButtonLink>
          ) : null
        }
      >
        Every training is evaluated by itself: a residual map for each test image, a threshold, and the metrics.
      </Step>
    </ol>
  );
}

const words: Record<StepState, string> = { done: 'done', now: 'under way', next: 'next', later: 'after that' };

function Step({
  number,
  state,
  title,
  action,
  children,
}: {
  number: number;
  state: StepState;
  title: string;
  action: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className={classes('flex flex-col gap-2 bg-panel p-4', state === 'later' && 'text-ink-3')}>
      <div className="flex items-center gap-2.5">
        <span
          className={classes(
            'flex size-6 items-center justify-center rounded-full border text-xs font-semibold',
            state === 'done' ? 'border-good text-good' : state === 'later' ? 'border-line-strong' : 'border-accent text-accent-ink',
          )}
        >
          {state === 'done' ? <Check className="size-3.5" /> : state === 'now' ? <Loader className="size-3.5 animate-spin" /> : number}
        </span>
        <h2 className="font-semibold">{title}</h2>
        <span className="ml-auto text-xs text-ink-3">{words[state]}</span>
      </div>
      <p className={classes(state !== 'later' && 'text-ink-2')}>{children}</p>
      {action ? <div className="mt-auto pt-1">{action}</div> : null}
    </li>
  );
}
