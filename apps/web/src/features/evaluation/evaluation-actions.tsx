'use client';

import { useMutation } from '@apollo/client/react';
import { Ellipsis, Square, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import { isActive } from '#web/features/runs/run-states.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { EvaluationPageQuery } from '#web/graphql/generated/graphql.ts';
import { cancelEvaluationDocument, deleteEvaluationDocument, retryEvaluationDocument } from './data/list-documents.ts';
import { NewEvaluationDialog } from './new/new-evaluation-dialog.tsx';

type Evaluation = NonNullable<EvaluationPageQuery['evaluation']>;

/** Makes one that failed or was cancelled anew, and goes there. */
export function useRetryEvaluation(): { readonly retry: (id: string) => Promise<void>; readonly busy: boolean } {
  const project = useProject();
  const router = useRouter();
  const [mutate, { loading }] = useMutation(retryEvaluationDocument);
  async function retry(id: string): Promise<void> {
    try {
      const { data } = await mutate({ variables: { id } });
      const result = data?.retryEvaluation;
      if (result?.__typename === 'StartEvaluationSuccess') router.replace(`/projects/${project.id}/evaluations/${result.evaluation.id}`);
      else toast.error('It could not be started again.', { description: sentenceOf(result) });
    } catch (failure) {
      toast.error('It could not be started again.', { description: sentenceOf(failure) });
    }
  }
  return { retry, busy: loading };
}

/** What can be done with an evaluation in its state: cancel, measure under another protocol, delete. */
export function EvaluationActions({ evaluation, name }: { evaluation: Evaluation; name: string }) {
  const project = useProject();
  const router = useRouter();
  const [dialog, setDialog] = useState<'new' | 'cancel' | 'delete' | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [cancel, cancelling] = useMutation(cancelEvaluationDocument);
  const [remove, removing] = useMutation(deleteEvaluationDocument);
  if (!project.canEdit) return null;
  const active = isActive(evaluation.state);
  const open = (which: typeof dialog) => {
    setError(null);
    setDialog(which);
  };

  async function confirmCancel() {
    try {
      const { data } = await cancel({ variables: { id: evaluation.id } });
      if (data?.cancelEvaluation.__typename === 'CancelEvaluationSuccess') setDialog(null);
      else setError(sentenceOf(data?.cancelEvaluation));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }
  async function confirmDelete() {
    try {
      const { data } = await remove({ variables: { id: evaluation.id } });
      if (data?.deleteEvaluation.__typename === 'DeleteEvaluationSuccess') {
        toast.success(`The evaluation of ${name} is deleted.`);
        router.replace(`/projects/${project.id}/evaluations`);
      } else setError(sentenceOf(data?.deleteEvaluation));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  }

  return (
    <>
      {active ? (
        <Button tone="danger" disabled={evaluation.cancelRequested} onClick={() => open('cancel')}>
          <Square /> {evaluation.cancelRequested ? 'Cancelling …' : 'Cancel'}
        </Button>
      ) : null}
      <Button onClick={() => open('new')}>
        <SlidersHorizontal /> Other protocol …
      </Button>
      {active ? null : (
        <Menu
          align="end"
          trigger={
            <IconButton label="More about this evaluation">
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem onSelect={() => open('delete')}>
            <Trash2 /> Delete …
          </MenuItem>
        </Menu>
      )}
      <NewEvaluationDialog
        open={dialog === 'new'}
        onOpenChange={(isOpen) => setDialog(isOpen ? 'new' : null)}
        checkpointId={evaluation.checkpoint.id}
        datasetVersionId={evaluation.datasetVersion.id}
      />
      <ConfirmDialog
        open={dialog === 'cancel'}
        onOpenChange={(isOpen) => setDialog(isOpen ? 'cancel' : null)}
        title="Cancel this evaluation?"
        description="Nothing of it is kept; it can be started again."
        action="Cancel evaluation"
        busy={cancelling.loading}
        error={error}
        onConfirm={() => void confirmCancel()}
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={(isOpen) => setDialog(isOpen ? 'delete' : null)}
        title="Delete this evaluation?"
        description={`Scores, metrics and residual maps of ${name} go and cannot come back; the checkpoint stays, so that it can be measured again.`}
        action="Delete evaluation"
        busy={removing.loading}
        error={error}
        onConfirm={() => void confirmDelete()}
      />
    </>
  );
}
