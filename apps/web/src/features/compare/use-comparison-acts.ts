'use client';

import { useMutation } from '@apollo/client/react';
import { toast } from 'sonner';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { changeComparisonDocument, deleteComparisonDocument, restoreComparisonDocument, saveComparisonDocument } from './documents.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What can be done to a saved comparison. Each tells by itself what went wrong; pages hear of the rest from the project. */
export function useComparisonActs(projectId: string) {
  const [save] = useMutation(saveComparisonDocument);
  const [change] = useMutation(changeComparisonDocument);
  const [remove] = useMutation(deleteComparisonDocument);
  const [restore] = useMutation(restoreComparisonDocument);

  /** Answers a sentence where it could not be renamed. */
  async function rename({ id }: Named, name: string): Promise<string | null> {
    const { data } = await change({ variables: { input: { id, name } } });
    const result = data?.changeComparison;
    if (result?.__typename !== 'SaveComparisonSuccess') return issuesOf(result)['name'] ?? sentenceOf(result);
    return null;
  }

  async function keepView({ id, name }: Named, view: object): Promise<void> {
    try {
      const { data } = await change({ variables: { input: { id, view } } });
      const result = data?.changeComparison;
      if (result?.__typename !== 'SaveComparisonSuccess') throw new Error(sentenceOf(result));
      toast.success(`${name} opens like this from now on.`);
    } catch (failure) {
      toast.error('The view was not saved.', { description: sentenceOf(failure) });
    }
  }

  /** Answers the id of the copy; null where none could be made. */
  async function duplicate({
    name,
    evaluationIds,
    view,
  }: Named & { evaluationIds: readonly string[]; view: unknown }): Promise<string | null> {
    try {
      const input = { projectId, name: `${name.slice(0, 70)} (copy)`, evaluationIds: [...evaluationIds], view };
      const { data } = await save({ variables: { input } });
      const result = data?.saveComparison;
      if (result?.__typename !== 'SaveComparisonSuccess') throw new Error(sentenceOf(result));
      return result.comparison.id;
    } catch (failure) {
      toast.error(`${name} was not duplicated.`, { description: sentenceOf(failure) });
      return null;
    }
  }

  async function bringBack({ id, name }: Named): Promise<void> {
    try {
      const { data } = await restore({ variables: { id } });
      if (data?.restoreComparison.__typename !== 'SaveComparisonSuccess') throw new Error(sentenceOf(data?.restoreComparison));
      toast.success(`${name} is back.`);
    } catch (failure) {
      toast.error(`${name} could not be brought back.`, { description: sentenceOf(failure) });
    }
  }

  /** Deletes at once; the message holds the way back. Answers whether it is gone. */
  async function discard(comparison: Named): Promise<boolean> {
    try {
      const { data } = await remove({ variables: { id: comparison.id } });
      if (data?.deleteComparison.__typename !== 'DeleteComparisonSuccess') throw new Error(sentenceOf(data?.deleteComparison));
      toast.success(`${comparison.name} is deleted, and its links have ended.`, {
        action: { label: 'Undo', onClick: () => void bringBack(comparison) },
      });
      return true;
    } catch (failure) {
      toast.error(`${comparison.name} was not deleted.`, { description: sentenceOf(failure) });
      return false;
    }
  }

  return { rename, keepView, duplicate, discard };
}
