'use client';

import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Point } from '#web/features/residuals/camera/camera.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { Begun, useBegun } from './begun.ts';
import type { Region } from './region.ts';
import { useThreads, type Thread } from './use-threads.ts';

/** The next click or drag on a pane, or the cursor that keys move, says where. `corner`: the pixel from which keys draw a region. */
interface Placing {
  readonly kind: 'placing';
  readonly corner: Point | null;
}

/** A draft without a region is about the whole image. */
export type Draft = { readonly kind: 'none' } | Placing | { readonly kind: 'writing'; readonly region: Region | null };

interface ImageComments {
  readonly reconstructionId: string;
  readonly threads: readonly Thread[] | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
  readonly draft: Draft;
  /** Whether the draft was begun just now: it takes the focus then, and not where one only comes by. */
  readonly begun: boolean;
  readonly setDraft: (draft: Draft) => void;
  readonly selected: string | null;
  readonly select: (threadId: string | null) => void;
}

const none: Draft = { kind: 'none' };

/** Comments being written, by reconstruction: they wait there while another image or variant is looked at. */
const begunDrafts = new Begun<Extract<Draft, { kind: 'writing' }>>();

interface State {
  readonly reconstructionId: string;
  readonly placing: Placing | null;
  /** Whether the comment was begun or placed just now, and not found again. */
  readonly begun: boolean;
  /** Undefined until a thread was chosen or left. */
  readonly chosen: string | null | undefined;
}

const untouched = (reconstructionId: string): State => ({ reconstructionId, placing: null, begun: false, chosen: undefined });

const Context = createContext<ImageComments | null>(null);

/** The comments of the opened image, for pins on its panes and the list beside them. */
export function ImageCommentsProvider({ reconstructionId, children }: { reconstructionId: string; children: ReactNode }) {
  const query = useQueryState();
  const { threads, error, refetch } = useThreads({ reconstructionId });
  const [writing, setWriting] = useBegun(begunDrafts, reconstructionId);
  const [state, setState] = useState<State>(() => untouched(reconstructionId));
  // What is asked for or chosen belongs to this reconstruction, and is gone with another one.
  if (state.reconstructionId !== reconstructionId) setState(untouched(reconstructionId));
  const { placing, chosen, begun } = state;
  const draft = useMemo<Draft>(() => placing ?? writing ?? none, [placing, writing]);
  // A link to a thread chooses it until another one is chosen.
  const selected = chosen === undefined ? query.get('comment') : chosen;
  const value = useMemo(() => {
    const change = (part: Partial<State>) => setState((now) => ({ ...now, ...part }));
    return {
      ...{ reconstructionId, threads, error, draft, begun, selected },
      refetch: () => void refetch(),
      setDraft: (next: Draft) => {
        change({ placing: next.kind === 'placing' ? next : null, begun: next.kind === 'writing' });
        if (next.kind === 'writing') setWriting(next);
        // A place that is not given after all leaves what is being written as it was.
        else if (next.kind === 'none' && !placing) setWriting(undefined);
      },
      select: (threadId: string | null) => change({ chosen: threadId }),
    };
  }, [reconstructionId, threads, error, refetch, draft, begun, selected, placing, setWriting]);
  return <Context value={value}>{children}</Context>;
}

/** Null where no image is commented on, such as in the grid. */
export const useImageComments = (): ImageComments | null => useContext(Context);

/** Threads with a place, numbered as their pins are: the oldest is 1. */
export function pinsOf(threads: readonly Thread[] | undefined): ReadonlyMap<string, number> {
  const placed = [...(threads ?? [])].filter(({ region }) => region !== null).reverse();
  return new Map(placed.map(({ id }, i) => [id, i + 1]));
}
