import { pressName, type KeyPress } from '#web/components/frame/shortcut-keys.ts';
import type { Shortcut } from '#web/components/frame/shortcuts.tsx';
import type { PlaceByKeys } from '#web/features/comments/use-place-by-keys.ts';
import type { CameraStore } from '../camera/camera-store.ts';
import { pairOf } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import type { Compare, RowName } from '../view/view-state.ts';

/** What the opened image does with keys, for the list of shortcuts; it handles them itself. */
export const openedShortcuts: readonly Shortcut[] = [
  { keys: 'ArrowLeft', does: 'Previous image (→ next)' },
  { keys: 'shift+ArrowRight', does: 'Move the cursor by a pixel, whichever arrow' },
  { keys: 'alt+shift+ArrowRight', does: 'Move it by ten pixels' },
  { keys: 'Enter', does: 'Choose the patch under the cursor' },
  { keys: 'c', does: 'Comment on a place: Enter takes the cursor’s, C first sets a corner' },
  { keys: '=', does: 'Zoom in' },
  { keys: '-', does: 'Zoom out' },
  { keys: '0', does: 'Fit the image' },
  { keys: 'l', does: 'Loupe, while held' },
  { keys: 'm', does: 'Other measure' },
  { keys: 'o', does: 'Ground-truth outline on and off' },
  { keys: 'a', does: 'Frames of the patches on and off' },
  { keys: 'p', does: 'A colour scale for each pane on and off' },
  { keys: 'Space', does: 'Maximise the pane under the cursor' },
  { keys: 'b', does: 'Blink two variants' },
  { keys: 'w', does: 'Swipe two variants' },
  { keys: 'd', does: 'Difference of two variants' },
  { keys: 'x', does: 'Swap the two' },
  { keys: 'Escape', does: 'Close the image' },
];

export interface KeyContext {
  readonly camera: CameraStore;
  readonly update: UpdateView;
  readonly evaluations: number;
  /** Places that are shown. */
  readonly places: readonly number[];
  readonly go: (step: -1 | 1) => void;
  /** The pane under the cursor. */
  readonly hovered: { readonly row: RowName; readonly place: number };
  readonly openHelp: () => void;
  /** Chooses the patch under the cursor. */
  readonly pick: () => void;
  /** Where a comment is placed. */
  readonly place: PlaceByKeys;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What `keyActs` calls a press; null where it is none of the viewer's. */
export function actName(press: KeyPress): string | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (shiftKey && key in arrows && !ctrlKey && !metaKey) return pressName(press);
  if (ctrlKey || metaKey || altKey) return null;
  return key.length === 1 ? key.toLowerCase() : key;
}

/** What each key does. */
export function keyActs({
  camera,
  update,
  evaluations,
  places,
  go,
  hovered,
  openHelp,
  pick,
  place,
}: KeyContext): Readonly<Record<string, () => void>> {
  const compare = (kind: Compare) => () => {
    if (places.length < 2) return;
    update((now) => ({ compare: now.compare === kind ? null : kind, pair: pairOf(places, now) }));
  };
  const acts: Record<string, () => void> = {
    ArrowRight: () => go(1),
    j: () => go(1),
    ArrowLeft: () => go(-1),
    k: () => go(-1),
    '+': () => camera.zoomBy(1.5),
    '=': () => camera.zoomBy(1.5),
    '-': () => camera.zoomBy(1 / 1.5),
    '0': () => camera.setCamera(null),
    l: () => camera.setLoupe(true),
    m: () => update((now) => ({ measure: now.measure === 'ssim' ? 'mse' : 'ssim' })),
    t: () => update((now) => ({ showMask: !now.showMask })),
    o: () => update((now) => ({ showTruth: !now.showTruth })),
    a: () => update((now) => ({ showFrames: !now.showFrames })),
    p: () => update((now) => ({ ownScale: !now.ownScale })),
    ' ': () => update((now) => (now.pane ? { pane: null } : { pane: hovered.row, lead: hovered.place })),
    b: compare('blink'),
    w: compare('swipe'),
    d: compare('difference'),
    x: () =>
      update((now) => {
        const [a, b] = pairOf(places, now);
        return { pair: [b, a] };
      }),
    '?': openHelp,
    c: place.begin,
    Enter: place.placing ? place.take : pick,
  };
  for (const [arrow, [dx, dy]] of Object.entries(arrows)) {
    // An arrow that left the image would take the place along that is being chosen.
    if (place.placing) acts[arrow] = () => camera.moveCursor(dx, dy);
    acts[`shift+${arrow}`] = () => camera.moveCursor(dx, dy);
    acts[`alt+shift+${arrow}`] = () => camera.moveCursor(10 * dx, 10 * dy);
  }
  for (let place = 0; place < evaluations; place++)
    acts[String(place + 1)] = () => update((now) => ({ lead: place, hidden: now.hidden.filter((one) => one !== place) }));
  return acts;
}
