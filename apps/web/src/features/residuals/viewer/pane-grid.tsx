'use client';

import { Maximize2, Minimize2 } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '#web/components/ui/button.tsx';
import { classes } from '#web/lib/classes.ts';
import { paneColumns, type Size } from '../camera/camera.ts';
import type { CameraStore } from '../camera/camera-store.ts';
import { paneNames, type PaneName } from '../view/view-state.ts';
import { Pane } from './pane.tsx';
import type { Scene } from './scene.ts';

export const paneTitles: Readonly<Record<PaneName, string>> = {
  input: 'Input',
  reconstruction: 'Reconstruction',
  residual: 'Residual',
  mask: 'Mask over input',
};

interface PaneGridProps {
  readonly scenes: Readonly<Record<PaneName, Scene | null>>;
  readonly image: Size;
  readonly store: CameraStore;
  /** The only pane to show; null = all of them, where there is room. */
  readonly only: PaneName | null;
  readonly onOnly: (pane: PaneName | null) => void;
  /** The pane under the cursor, for the key that maximises it. */
  readonly onHover: (pane: PaneName) => void;
}

/** Below this width one pane is shown at a time, chosen by tabs or a swipe. */
const NARROW = 560;

/** The four panes, as large as the space allows; one at a time on a narrow screen. */
export function PaneGrid({ scenes, image, store, only, onOnly, onHover }: PaneGridProps) {
  const host = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSpace({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const narrow = space !== null && space.width < NARROW;
  const shown: readonly PaneName[] = only ? [only] : narrow ? ['residual'] : paneNames;
  const columns = space ? paneColumns(shown.length, space, image) : 2;
  const swipe = (step: -1 | 1): void => {
    const next = paneNames[paneNames.indexOf(shown[0] ?? 'residual') + step];
    if (next) onOnly(next);
  };

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {narrow && (
        <div role="tablist" aria-label="Pane" className="flex h-10 shrink-0 border-b bg-panel">
          {paneNames.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={shown[0] === name}
              onClick={() => onOnly(name)}
              className={classes(
                'min-w-0 flex-1 truncate border-b-2 px-1 text-xs',
                shown[0] === name ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-2',
              )}
            >
              {name === 'mask' ? 'Mask' : paneTitles[name]}
            </button>
          ))}
        </div>
      )}
      <div
        ref={host}
        className="grid min-h-0 min-w-0 flex-1 auto-rows-fr gap-px bg-line"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {shown.map((name) => (
          <section
            key={name}
            aria-label={paneTitles[name]}
            onPointerEnter={() => onHover(name)}
            className="relative flex min-h-0 min-w-0 flex-col bg-well"
          >
            {!narrow && (
              <header className="flex h-7 shrink-0 items-center justify-between pr-0.5 pl-2 text-xs text-ink-2">
                {paneTitles[name]}
                <IconButton
                  label={only ? 'Show all panes' : `Show only ${paneTitles[name].toLowerCase()}`}
                  className="!size-6 [&>svg]:!size-3.5"
                  onClick={() => onOnly(only ? null : name)}
                >
                  {only ? <Minimize2 /> : <Maximize2 />}
                </IconButton>
              </header>
            )}
            <Pane
              label={`${paneTitles[name]} of the image`}
              scene={scenes[name]}
              image={image}
              store={store}
              {...(narrow ? { onSwipe: swipe } : {})}
            />
          </section>
        ))}
      </div>
    </div>
  );
}
