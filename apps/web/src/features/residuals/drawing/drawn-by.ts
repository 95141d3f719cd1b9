'use client';

import { useSyncExternalStore } from 'react';
import { ValueRenderer } from './value-renderer.ts';

/** Who colours residuals and masks: the graphics card where there is a real one, or what a person chose for this browser. */
export const drawers = ['automatic', 'graphics', 'processor'] as const;
export type Drawer = (typeof drawers)[number];

const KEY = 'plumbline.drawn-by';
const listeners = new Set<() => void>();
let chosen: Drawer | null = null;
/** By whether an emulated graphics card will do; made when first needed. */
const made = new Map<boolean, ValueRenderer | null>();

function read(): Drawer {
  if (typeof window === 'undefined') return 'automatic';
  try {
    const stored = localStorage.getItem(KEY);
    return drawers.find((one) => one === stored) ?? 'automatic';
  } catch {
    return 'automatic';
  }
}

const current = (): Drawer => (chosen ??= read());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Kept in this browser: it is the machine's matter and not the view's. */
export function chooseDrawer(drawer: Drawer): void {
  chosen = drawer;
  try {
    localStorage.setItem(KEY, drawer);
  } catch {
    // A browser that keeps nothing: it holds for this page.
  }
  for (const listener of listeners) listener();
}

function rendererOf(drawer: Drawer): ValueRenderer | null {
  if (drawer === 'processor' || typeof window === 'undefined') return null;
  const emulated = drawer === 'graphics';
  if (!made.has(emulated)) made.set(emulated, ValueRenderer.create(emulated));
  return made.get(emulated) ?? null;
}

/** What is chosen, and the renderer that it means here; null = the processor draws. */
export function useDrawer(): { readonly drawer: Drawer; readonly renderer: ValueRenderer | null } {
  const drawer = useSyncExternalStore(subscribe, current, () => 'automatic' as const);
  return { drawer, renderer: rendererOf(drawer) };
}
