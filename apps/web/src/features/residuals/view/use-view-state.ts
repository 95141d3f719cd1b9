'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { beforeLeaving, leaving } from '#web/lib/leaving.ts';
import { parseView, writeView } from './view-address.ts';
import { steppedTo, type ViewState } from './view-state.ts';

export type ViewPatch = Partial<ViewState> | ((view: ViewState) => Partial<ViewState>);
export interface UpdateOptions {
  /** A step that "back" undoes (opening an image); everything else only rewrites the present address. */
  readonly push?: boolean;
}
export type UpdateView = (patch: ViewPatch, options?: UpdateOptions) => void;

/** Browsers refuse more than about 100 address changes in 30 s: a dragged slider writes once it rests. */
const REST = 250;

const readAddress = (): ViewState => parseView(new URLSearchParams(window.location.search));
const addressOf = (view: ViewState): string => {
  const text = writeView(view, new URLSearchParams(window.location.search)).toString();
  return window.location.pathname + (text ? `?${text}` : '') + window.location.hash;
};

/** The view of the residual browser, kept in the page's address: reload, back and a copied link show the same. */
export function useViewState(): readonly [ViewState, UpdateView] {
  // The router's address: while a page is entered, the window still has the one before it.
  const entered = useSearchParams();
  const [view, setView] = useState<ViewState>(() => parseView(new URLSearchParams(entered)));
  const latest = useRef(view);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const flush = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    window.history.replaceState(null, '', addressOf(latest.current));
  }, []);
  /** The address follows once the view rests. */
  const follow = useCallback(() => {
    clearTimeout(timer.current);
    const write = (): void => {
      if (leaving()) timer.current = setTimeout(write, REST);
      else flush();
    };
    timer.current = setTimeout(write, REST);
  }, [flush]);

  const update = useCallback<UpdateView>(
    (patch, options) => {
      const next = { ...latest.current, ...(typeof patch === 'function' ? patch(latest.current) : patch) };
      if (options?.push) {
        flush();
        latest.current = next;
        window.history.pushState(null, '', addressOf(next));
      } else {
        latest.current = next;
        follow();
      }
      setView(next);
    },
    [flush, follow],
  );

  useEffect(() => {
    const pathname = window.location.pathname;
    const onBack = (): void => {
      clearTimeout(timer.current);
      timer.current = undefined;
      // On the way to another page, whose address is none of a view.
      if (window.location.pathname !== pathname) return;
      const address = readAddress();
      latest.current = steppedTo(latest.current, address);
      setView(latest.current);
      if (latest.current !== address) follow();
    };
    const onLeave = (): void => {
      if (window.location.pathname === pathname) flush();
      else clearTimeout(timer.current);
    };
    window.addEventListener('popstate', onBack);
    window.addEventListener('pagehide', onLeave);
    const stay = beforeLeaving(flush);
    return () => {
      stay();
      window.removeEventListener('popstate', onBack);
      window.removeEventListener('pagehide', onLeave);
      onLeave();
    };
  }, [flush, follow]);

  return [view, update];
}
