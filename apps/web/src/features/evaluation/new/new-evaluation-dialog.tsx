'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { useRouter } from 'next/navigation';
import { useMemo, useState, type FormEvent } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Field } from '#web/components/ui/field.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { setsOf } from '#web/features/recipes/recipe-document.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { EvaluationChoicesQuery } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { plural } from '#web/lib/numbers.ts';
import { evaluationChoicesDocument, newEvaluationDocument } from '../data/list-documents.ts';
import { ProtocolFields, type Changes } from './protocol-fields.tsx';

type Project = NonNullable<EvaluationChoicesQuery['project']>;
type Split = 'train' | 'validation' | 'test';
interface Issue {
  readonly path: string;
  readonly message: string;
}

interface NewEvaluationDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Chosen when it opens; the newest run's best checkpoint when left out. */
  readonly checkpointId?: string;
  readonly datasetVersionId?: string;
}

/** Measures any checkpoint on any dataset version under a protocol of one's choice. */
export function NewEvaluationDialog({ open, onOpenChange, ...chosen }: NewEvaluationDialogProps) {
  const project = useProject();
  const { data, error, refetch } = useQuery(evaluationChoicesDocument, { variables: { projectId: project.id }, skip: !open });
  const found = data?.project;
  const trained = nodes(found?.trainingRuns).some((run) => run.checkpoints.length > 0);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title="New evaluation"
      description="The same checkpoint, version and protocol are measured once; anything else stands beside it."
    >
      {error && !found ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !found ? (
        <table className="w-full" aria-busy="true" aria-label="Loading checkpoints">
          <tbody>
            <SkeletonRows rows={6} columns={2} />
          </tbody>
        </table>
      ) : !trained ? (
        <EmptyState title="No checkpoint yet" action={<ButtonLink href={`/projects/${project.id}/runs/new`}>New training</ButtonLink>}>
          A training that succeeds leaves its best and its last weights.
        </EmptyState>
      ) : (
        <Form found={found} {...chosen} onDone={() => onOpenChange(false)} />
      )}
    </Dialog>
  );
}

interface FormProps {
  readonly found: Project;
  readonly checkpointId?: string;
  readonly datasetVersionId?: string;
  readonly onDone: () => void;
}

function Form({ found, checkpointId: first, datasetVersionId: firstVersion, onDone }: FormProps) {
  const project = useProject();
  const router = useRouter();
  const checkpoints = nodes(found.trainingRuns).flatMap((run) => run.checkpoints.map((checkpoint) => ({ run, checkpoint })));
  const best = checkpoints.find(({ checkpoint }) => checkpoint.kind === 'best') ?? checkpoints[0];
  const [checkpointId, setCheckpointId] = useState(first ?? best?.checkpoint.id ?? '');
  const current = checkpoints.find(({ checkpoint }) => checkpoint.id === checkpointId) ?? best;
  const [versionId, setVersionId] = useState<string | null>(firstVersion ?? null);
  const [split, setSplit] = useState<Split>('test');
  const [changes, setChanges] = useState<Changes>({});
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [start, { loading }] = useMutation(newEvaluationDocument);
  const recipe = useMemo(() => (current ? resolveRecipe(current.run.recipe.document as object) : null), [current]);
  if (!current || !recipe) return null;
  const version = versionId ?? current.run.datasetVersion.id;
  const other = version !== current.run.datasetVersion.id;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIssues([]);
    setFailure(null);
    try {
      const { data } = await start({
        variables: { checkpointId: current?.checkpoint.id ?? checkpointId, datasetVersionId: version, split, sets: setsOf(changes) },
      });
      const result = data?.startEvaluation;
      if (result?.__typename === 'StartEvaluationSuccess') {
        onDone();
        router.push(`/projects/${project.id}/evaluations/${result.evaluation.id}`);
      } else if (result?.__typename === 'InvalidInput') {
        setIssues(result.issues);
        if (result.issues.every(({ path }) => path !== 'split' && !path.startsWith('residual.'))) setFailure(result.message);
      } else setFailure(sentenceOf(result));
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Checkpoint"
          hint={`Trained on ${current.run.datasetVersion.dataset.name} version ${current.run.datasetVersion.number}`}
        >
          {(control) => (
            <Select
              {...control}
              value={current.checkpoint.id}
              onValueChange={(value) => {
                setCheckpointId(value);
                setChanges({});
              }}
              options={checkpoints.map(({ run, checkpoint }) => ({
                value: checkpoint.id,
                label: `${run.variant.name}, seed ${run.seed}, ${checkpoint.kind}`,
                detail: `${run.datasetVersion.dataset.name}, epoch ${checkpoint.epoch}`,
              }))}
            />
          )}
        </Field>
        <Field
          label="Dataset version"
          hint={other ? 'Not the data it was trained on: the threshold’s images may have been trained on.' : 'The data it was trained on'}
        >
          {(control) => (
            <Select
              {...control}
              value={version}
              onValueChange={setVersionId}
              options={found.datasets.flatMap((dataset) =>
                dataset.versions.map(({ id, number, imageCount }) => ({
                  value: id,
                  label: `${dataset.name} version ${number}`,
                  detail: plural(imageCount, 'image'),
                })),
              )}
            />
          )}
        </Field>
      </div>
      <Field label="Split" error={issues.find(({ path }) => path === 'split')?.message}>
        {() => (
          <Segmented
            label="Split"
            value={split}
            onValueChange={setSplit}
            className="w-fit"
            options={[
              { value: 'test', label: 'Test' },
              { value: 'validation', label: 'Validation' },
              { value: 'train', label: 'Train' },
            ]}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-3 border-t pt-3">
        <legend className="sr-only">Protocol</legend>
        <ProtocolFields recipe={recipe} changes={changes} issues={issues} onChange={setChanges} />
      </fieldset>
      {failure ? (
        <p role="alert" className="text-bad">
          {failure}
        </p>
      ) : null}
      <div className="sticky -bottom-3 -mx-4 -mb-3 flex justify-end gap-2 border-t bg-panel px-4 py-3">
        <Button onClick={onDone}>Close</Button>
        <Button tone="primary" type="submit" busy={loading}>
          Evaluate
        </Button>
      </div>
    </form>
  );
}
