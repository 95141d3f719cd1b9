'use client';

import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { useQueryState } from '#web/lib/query-state.ts';
import { useThreads, type Thread } from './use-threads.ts';

/** A place on an image as shares of its width and height; a point has no width and height. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `placing`: the next click or drag on a pane says where. A draft without a region is about the whole image. */
export type Draft = { readonly kind: 'none' } | { readonly kind: 'placing' } | { readonly kind: 'writing'; readonly region: Region | null };

interface ImageComments {
  readonly reconstructionId: string;
  readonly threads: readonly Thread[] | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly selected: string | null;
  readonly select: (threadId: string | null) => void;
}

const none: Draft = { kind: 'none' };

interface State {
  readonly reconstructionId: string;
  readonly draft: Draft;
  /** Undefined until a thread was chosen or left. */
  readonly chosen: string | null | undefined;
}

const Context = createContext<ImageComments | null>(null);

/** The comments of the opened image, for pins on its panes and the list beside them. */
export function ImageCommentsProvider({ reconstructionId, children }: { reconstructionId: string; children: ReactNode }) {
  const query = useQueryState();
  const { threads, error, refetch } = useThreads({ reconstructionId });
  // What is begun or chosen belongs to this reconstruction, and is gone with another one.
  const [state, setState] = useState<State>({ reconstructionId, draft: none, chosen: undefined });
  const { draft, chosen } = state.reconstructionId === reconstructionId ? state : { draft: none, chosen: undefined };
  // A link to a thread chooses it until another one is chosen.
  const selected = chosen === undefined ? query.get('comment') : chosen;
  const value = useMemo(() => {
    const change = (part: Partial<State>) =>
      setState((now) => ({
        ...(now.reconstructionId === reconstructionId ? now : { draft: none, chosen: undefined }),
        ...part,
        reconstructionId,
      }));
    return {
      ...{ reconstructionId, threads, error, draft, selected },
      refetch: () => void refetch(),
      setDraft: (next: Draft) => change({ draft: next }),
      select: (threadId: string | null) => change({ chosen: threadId }),
    };
  }, [reconstructionId, threads, error, refetch, draft, selected]);
  return <Context value={value}>{children}</Context>;
}

/** Null where no image is commented on, such as in the grid. */
export const useImageComments = (): ImageComments | null => useContext(Context);

/** Threads with a place, numbered as their pins are: the oldest is 1. */
export function pinsOf(threads: readonly Thread[] | undefined): ReadonlyMap<string, number> {
  const placed = [...(threads ?? [])].filter(({ region }) => region !== null).reverse();
  return new Map(placed.map(({ id }, i) => [id, i + 1]));
}
