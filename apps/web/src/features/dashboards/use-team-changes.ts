import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { projectChangedDocument } from '#web/features/projects/documents.ts';
import { connectionState } from '#web/graphql/connection.ts';

/** Calls `handler` when something changed in one of the projects; bursts are gathered over 250 ms. */
export function useTeamChanges(projectIds: readonly string[], handler: () => void): void {
  const client = useApolloClient();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const key = projectIds.join();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, 250);
    };
    const subscriptions = (key === '' ? [] : key.split(',')).map((projectId) =>
      client.subscribe({ query: projectChangedDocument, variables: { projectId } }).subscribe({ next: changed, error: () => undefined }),
    );
    const off = connectionState.onReturn(changed);
    return () => {
      clearTimeout(timer);
      off();
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [client, key]);
}
