'use client';

import { useEffect, useRef, useState } from 'react';
import type { CameraStore } from '../camera/camera-store.ts';
import type { Size } from '../camera/camera.ts';
import type { Measure } from '../view/view-state.ts';
import { cursorWords, type SpokenVariant } from './cursor-words.ts';

/** How long keys rest before the place is told: a held key tells where it ends. */
const REST = 300;

interface CursorSaidProps {
  readonly store: CameraStore;
  readonly variants: readonly SpokenVariant[];
  readonly lead: number;
  readonly world: Size;
  readonly measure: Measure;
}

/** Tells a screen reader the values under the cursor that keys moved; nothing while the pointer moves it. */
export function CursorSaid({ store, ...rest }: CursorSaidProps) {
  const [said, setSaid] = useState('');
  const latest = useRef(rest);
  useEffect(() => {
    latest.current = rest;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.onCursor(() => {
      clearTimeout(timer);
      if (!store.byKeys) return setSaid('');
      timer = setTimeout(() => {
        const { variants, lead, world, measure } = latest.current;
        if (store.cursor && store.byKeys) setSaid(cursorWords(store.cursor, world, variants, { lead, measure }));
      }, REST);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store]);
  return (
    <p role="status" className="sr-only" data-cursor-said="">
      {said}
    </p>
  );
}
