import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { projectChangedDocument } from '#web/features/projects/documents.ts';
import { connectionState } from '#web/graphql/connection.ts';
import { gathered } from '#web/lib/gathered.ts';

/**
 * Calls `handler` with the kinds of what changed in the projects (bursts are gathered over 250 ms); with `returned` when the live connection came back,
 * since changes in between were missed.
 */
export function useTeamChanges(projectIds: readonly string[], handler: (kinds: ReadonlySet<string>) => void): void {
  const client = useApolloClient();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const key = projectIds.join();
  useEffect(() => {
    let kinds = new Set<string>();
    const { call, stop } = gathered(() => {
      latest.current(kinds);
      kinds = new Set();
    }, 250);
    const changed = (kind: string) => {
      kinds.add(kind);
      call();
    };
    const subscriptions = (key === '' ? [] : key.split(',')).map((projectId) =>
      client.subscribe({ query: projectChangedDocument, variables: { projectId } }).subscribe({
        next: ({ data }) => changed(data?.projectChanged.kind ?? 'returned'),
        error: () => undefined,
      }),
    );
    const off = connectionState.onReturn(() => changed('returned'));
    return () => {
      stop();
      off();
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [client, key]);
}
