'use client';

import { useMutation } from '@apollo/client/react';
import { toast } from 'sonner';
import type { AddCommentInput } from '#web/graphql/generated/graphql.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import { addCommentDocument, deleteCommentDocument, editCommentDocument, resolveThreadDocument, restoreCommentDocument } from './documents.ts';

/** What is shown elsewhere on the page follows at once; other people's pages follow by the project's changes. */
const again = { refetchQueries: ['Threads', 'OpenThreads'] };

/** The acts on comments. Each answers null when it is done, else one sentence why not. */
export function useCommentActs() {
  const [add] = useMutation(addCommentDocument, again);
  const [edit] = useMutation(editCommentDocument, again);
  const [resolve] = useMutation(resolveThreadDocument, again);
  const [remove] = useMutation(deleteCommentDocument, again);
  const [restore] = useMutation(restoreCommentDocument, again);

  const sentence = async (answer: Promise<{ readonly __typename: string } | undefined>, success: string): Promise<string | null> => {
    try {
      const result = await answer;
      return result?.__typename === success ? null : sentenceOf(result);
    } catch (failure) {
      return sentenceOf(failure);
    }
  };
  const told = async (doing: Promise<string | null>, failed: string): Promise<void> => {
    const refused = await doing;
    if (refused !== null) toast.error(failed, { description: refused });
  };

  return {
    add: (input: AddCommentInput) => sentence(add({ variables: { input } }).then(({ data }) => data?.addComment), 'AddCommentSuccess'),
    edit: (id: string, body: string, mentions: string[]) =>
      sentence(edit({ variables: { input: { id, body, mentions } } }).then(({ data }) => data?.editComment), 'EditCommentSuccess'),
    resolve: (id: string, resolved: boolean) =>
      told(
        sentence(resolve({ variables: { id, resolved } }).then(({ data }) => data?.resolveThread), 'ResolveThreadSuccess'),
        'The thread could not be changed.',
      ),
    remove: async (id: string) => {
      const refused = await sentence(remove({ variables: { id } }).then(({ data }) => data?.deleteComment), 'DeleteCommentSuccess');
      if (refused !== null) return void toast.error('The comment could not be deleted.', { description: refused });
      const undo = () =>
        void told(
          sentence(restore({ variables: { id } }).then(({ data }) => data?.restoreComment), 'RestoreCommentSuccess'),
          'The comment could not be restored.',
        );
      toast('The comment is deleted.', { action: { label: 'Undo', onClick: undo } });
    },
  };
}
