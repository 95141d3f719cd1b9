'use client';

import { useApolloClient, useSubscription } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { connectionState } from '#web/graphql/connection.ts';
import { projectChangedDocument } from '#web/features/projects/documents.ts';
import { gathered } from '#web/lib/gathered.ts';

export interface CurrentProject {
  readonly id: string;
  readonly name: string;
  readonly sample: boolean;
  /** Who is looking. */
  readonly viewerId: string;
  readonly team: { readonly id: string; readonly name: string };
  readonly role: 'owner' | 'admin' | 'engineer' | 'viewer';
  /** Viewers look; the others may start, change and delete. */
  readonly canEdit: boolean;
  /** Admins and owners may also create projects and delete datasets. */
  readonly canAdminister: boolean;
}

export interface Change {
  /** "run", "evaluation", "import", "project"; "returned" after the live connection was away. */
  readonly kind: string;
  readonly id: string;
}

type Handler = (change: Change) => void;

const ProjectContext = createContext<CurrentProject | null>(null);
const ChangesContext = createContext<((handler: Handler) => () => void) | null>(null);

/** The project of the page. Only below /projects/[projectId]. */
export function useProject(): CurrentProject {
  const project = useContext(ProjectContext);
  if (!project) throw new Error('useProject is for pages below a project.');
  return project;
}

/**
 * Calls `handler` when something of these kinds changed in the project (bursts are gathered over 250 ms), and when the live connection came
 * back, since changes in between were missed.
 */
export function useProjectChanges(kinds: readonly string[], handler: () => void): void {
  const subscribe = useContext(ChangesContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const key = kinds.join();
  useEffect(() => {
    if (!subscribe) return;
    const { call, stop } = gathered(() => latest.current(), 250);
    const unsubscribe = subscribe((change) => {
      if (change.kind === 'returned' || key.split(',').includes(change.kind)) call();
    });
    return () => {
      stop();
      unsubscribe();
    };
  }, [subscribe, key]);
}

/** One subscription for the project, fanned out to whoever asks. */
export function ProjectProvider({ project, children }: { project: CurrentProject; children: ReactNode }) {
  const client = useApolloClient();
  const router = useRouter();
  const handlers = useRef(new Set<Handler>());
  const emit = useCallback((change: Change) => {
    for (const handler of handlers.current) handler(change);
  }, []);
  const subscribe = useCallback((handler: Handler) => {
    handlers.current.add(handler);
    return () => {
      handlers.current.delete(handler);
    };
  }, []);
  useSubscription(projectChangedDocument, {
    variables: { projectId: project.id },
    ignoreResults: true,
    onData: ({ data }) => {
      if (!data.data) return;
      // What the viewer may do here is the server's to say: buttons follow the role.
      if (data.data.projectChanged.kind === 'access') router.refresh();
      emit(data.data.projectChanged);
    },
    // The API ends it when the project is no longer the viewer's to see.
    onComplete: () => router.refresh(),
  });
  useEffect(() => connectionState.onReturn(() => emit({ kind: 'returned', id: project.id })), [emit, project.id, client]);
  const { id, name, sample, viewerId, role, canEdit, canAdminister, team } = project;
  const value = useMemo(
    () => ({ id, name, sample, viewerId, role, canEdit, canAdminister, team }),
    [id, name, sample, viewerId, role, canEdit, canAdminister, team],
  );
  return (
    <ProjectContext.Provider value={value}>
      <ChangesContext.Provider value={subscribe}>{children}</ChangesContext.Provider>
    </ProjectContext.Provider>
  );
}
