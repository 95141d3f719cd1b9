'use client';

import { useMutation } from '@apollo/client/react';
import { toast } from 'sonner';
import { sentenceOf } from '#web/graphql/failure.ts';
import {
  cancelTrainingDocument,
  continueTrainingDocument,
  pauseTrainingDocument,
  resumeTrainingDocument,
  retryTrainingDocument,
  setTrainingPriorityDocument,
} from './control-documents.ts';
import { runDocument } from './documents.ts';

/** The mutations on a run. Each says what went wrong in a toast and resolves to whether it was done, or to the id of the run that it made. */
export function useRunControl() {
  // A worker may have followed the wish before the page heard of it: where a run's page is open, it is read again.
  const [cancelTraining] = useMutation(cancelTrainingDocument, { refetchQueries: [runDocument] });
  const [pauseTraining] = useMutation(pauseTrainingDocument, { refetchQueries: [runDocument] });
  const [resumeTraining] = useMutation(resumeTrainingDocument);
  const [prioritise] = useMutation(setTrainingPriorityDocument);
  const [retryTraining] = useMutation(retryTrainingDocument);
  const [continueTraining] = useMutation(continueTrainingDocument);

  async function perform<Result extends { readonly __typename: string }>(
    what: string,
    ask: () => Promise<Result | undefined>,
  ): Promise<Extract<Result, { trainingRun: unknown }> | null> {
    try {
      const result = await ask();
      if (result && 'trainingRun' in result) return result as Extract<Result, { trainingRun: unknown }>;
      toast.error(`It could not be ${what}.`, { description: sentenceOf(result) });
    } catch (failure) {
      toast.error(`It could not be ${what}.`, { description: sentenceOf(failure) });
    }
    return null;
  }

  return {
    cancel: async (id: string): Promise<boolean> =>
      (await perform('cancelled', async () => (await cancelTraining({ variables: { id } })).data?.cancelTraining)) !== null,
    pause: async (id: string): Promise<boolean> =>
      (await perform('paused', async () => (await pauseTraining({ variables: { id } })).data?.pauseTraining)) !== null,
    resume: async (id: string): Promise<boolean> =>
      (await perform('resumed', async () => (await resumeTraining({ variables: { id } })).data?.resumeTraining)) !== null,
    setPriority: async (id: string, priority: number): Promise<boolean> =>
      (await perform('ordered', async () => (await prioritise({ variables: { id, priority } })).data?.setTrainingPriority)) !== null,
    retry: async (id: string): Promise<string | null> =>
      (await perform('started again', async () => (await retryTraining({ variables: { id } })).data?.retryTraining))?.trainingRun.id ??
      null,
    goOn: async (id: string): Promise<string | null> =>
      (await perform('continued', async () => (await continueTraining({ variables: { id } })).data?.continueTraining))?.trainingRun.id ??
      null,
  };
}
