'use client';

import { ChevronLeft, ChevronRight, Keyboard, X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { isTyping, pressName } from '#web/components/frame/shortcut-keys.ts';
import { keepForMessages } from '#web/components/ui/keep-for-messages.ts';
import { LETS_SEQUENCES, SEQUENCE_MS, useIsSequence, useShortcutHelp } from '#web/components/frame/shortcuts.tsx';
import { IconButton } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { count } from '#web/lib/numbers.ts';
import { useImageFocus, usePlaceByKeys } from '#web/features/comments/use-place-by-keys.ts';
import { CameraStore } from '../camera/camera-store.ts';
import { useDecodedStore } from '../decoded/use-decoded.ts';
import { outcomeFor, truthAt, type EvaluatedImage } from '../data/images.ts';
import { figureOf } from '../figure/figure-of.ts';
import { OutcomeMark } from '../grid/outcome-mark.tsx';
import type { ResidualStore } from '../maps/residual-store.ts';
import { patchPlaces } from '../pixels/patches.ts';
import { residualOptions } from '../view/protocol.ts';
import { imageThresholds, leadOf, shownPlaces, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import type { RowName, ViewState } from '../view/view-state.ts';
import { PanesArea } from './panes-area.tsx';
import { useOpenedVariants, type VariantAsk } from './use-opened-variants.ts';
import { useCameraInView } from './use-camera-in-view.ts';
import type { Panes } from './variant-scene.ts';
import { ViewerBar } from './viewer-bar.tsx';
import { ViewerInspector } from './viewer-inspector.tsx';
import { patchAt } from './use-orientation.ts';
import { actName, keyActs } from './viewer-keys.ts';
import { ZoomControls } from './zoom-controls.tsx';

interface ImageViewerProps {
  readonly image: EvaluatedImage;
  /** The list that previous and next walk through, and the image's place in it (−1 when a filter hides it). */
  readonly list: readonly EvaluatedImage[];
  readonly index: number;
  /** Every image, whatever is filtered, and whether all have come. */
  readonly all: readonly EvaluatedImage[];
  readonly complete: boolean;
  /** Places whose images have not come, and why; null while they are on their way. */
  readonly missing: ReadonlyMap<number, string | null>;
  readonly store: ResidualStore;
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly shown: readonly ShownEvaluation[];
  /** Upper end of the colour scale of each evaluation, by its place. */
  readonly scales: readonly number[];
  readonly onClose: () => void;
}

/** The variants to open, the same object as long as it says the same. Full-size maps are those of the leading one, which is counted, and of the masks in sight. */
function useAsks(shown: readonly ShownEvaluation[], places: readonly number[], lead: number, view: ViewState): readonly VariantAsk[] {
  const { ssim } = view;
  const masks = view.showMask && (view.pane ? view.pane === 'mask' : view.rows.includes('mask'));
  const key = places.join();
  return useMemo(
    () =>
      key.split(',').map((text) => {
        const place = Number(text);
        const { protocol } = shown[place]!;
        return { place, options: residualOptions({ ssim }, protocol), aligned: protocol.aligned, full: masks || place === lead };
      }),
    [shown, key, lead, masks, ssim],
  );
}

/** One image, full screen, under every shown variant: panes through one camera, and beside them everything that can be set and read. */
export function ImageViewer(props: ImageViewerProps) {
  const { image, list, index, all, complete, missing, store, view, update, shown, scales, onClose } = props;
  const lead = leadOf(shown, view);
  const places = shownPlaces(shown, { hidden: view.hidden, lead });
  const [camera] = useState(() => new CameraStore(view.camera));
  const hovered = useRef<{ row: RowName; place: number }>({ row: 'residual', place: lead });
  const began = useRef(-Infinity);
  const area = useRef<HTMLDivElement>(null);
  const openHelp = useShortcutHelp();
  const isSequence = useIsSequence();
  useCameraInView(camera, view.camera, update);

  const neighbours = useMemo(() => [list[index + 1], list[index - 1]].filter((one) => one !== undefined), [list, index]);
  const decoder = useDecodedStore(places.map((place) => shown[place]!.id));
  const asks = useAsks(shown, places, lead, view);
  const found = useOpenedVariants(store, image, asks, neighbours, view.measure);
  const basis = image.variants[lead] ?? image.variants.find((variant) => variant !== null);
  const panes: Panes = {
    ...found,
    ...{ store, decoder, camera, image, shown, places, lead, view, update, scales, missing },
    world: { width: basis?.networkWidth ?? image.width, height: basis?.networkHeight ?? image.height },
    onHover: (row, place) => (hovered.current = { row, place }),
  };

  const go = (step: -1 | 1): void => {
    const next = index < 0 ? list[0] : list[index + step];
    if (next) update({ opened: next.id, selected: next.id });
  };
  const pick = (): void => {
    const [variant, turning] = [image.variants[lead], shown[lead]!.protocol.turning];
    if (!camera.cursor || !variant || !turning) return;
    const patches = patchPlaces({ width: variant.networkWidth, height: variant.networkHeight }, turning.geometry);
    update({ patch: patchAt(patches, variant, camera.cursor, panes.world, hovered.current.row === 'normalised') });
  };
  const place = usePlaceByKeys(camera, panes.world);
  const content = useRef<HTMLDivElement>(null);
  useImageFocus(content);
  const onKeyDown = (event: KeyboardEvent | globalThis.KeyboardEvent): void => {
    // After "g" a key that completes a sequence such as "g o" is the frame's; any other keeps its meaning here.
    const sequence = event.timeStamp - began.current < SEQUENCE_MS && isSequence(`g ${pressName(event)}`);
    began.current = event.key === 'g' && !isTyping(event.target) ? event.timeStamp : -Infinity;
    if (sequence) return;
    const name = actName(event);
    if (name === null || isTyping(event.target)) return;
    const target = event.target as HTMLElement;
    // Letters in an open menu or list choose its entries.
    if (target.closest('[role=menu], [role=listbox]')) return;
    if (event.key.startsWith('Arrow') && target.matches('input, [role=radio], [role=combobox], [role=slider]')) return;
    if ((event.key === ' ' || event.key === 'Enter') && target.matches('button, input, a')) return;
    const acts = keyActs({ camera, update, evaluations: shown.length, places, go, hovered: hovered.current, openHelp, pick, place });
    const act = acts[name];
    if (!act) return;
    event.preventDefault();
    act();
  };
  // A button that was pressed and is then disabled or gone leaves the focus on the body, from where no key reaches the dialog.
  const latest = useRef(onKeyDown);
  useEffect(() => {
    latest.current = onKeyDown;
  });
  useEffect(() => {
    const onStray = (event: globalThis.KeyboardEvent): void => {
      if (event.target === document.body && document.querySelectorAll('[role="dialog"][data-state="open"]').length === 1)
        latest.current(event);
    };
    const onUp = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'l') camera.setLoupe(false);
    };
    window.addEventListener('keydown', onStray, true);
    window.addEventListener('keyup', onUp, true);
    return () => {
      window.removeEventListener('keydown', onStray, true);
      window.removeEventListener('keyup', onUp, true);
    };
  }, [camera]);

  const outcome = outcomeFor(image, lead, view.measure, imageThresholds(shown, view)[lead] ?? null);
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-describedby={undefined}
          {...{ [LETS_SEQUENCES]: '' }}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={keepForMessages}
          // Escape in a field leaves the field, and a place that is asked for is given up: the image stays.
          onEscapeKeyDown={(event) => {
            // What lies over the image takes it, also in the moment before that listens.
            const covered = [...document.querySelectorAll('[role="dialog"][data-state="open"]')].at(-1) !== content.current;
            if (!covered && !isTyping(event.target) && !place.placing) return;
            event.preventDefault();
            if (!covered && !isTyping(event.target)) place.giveUp();
          }}
          className="fixed inset-0 z-40 flex flex-col bg-surface outline-none"
        >
          <p role="status" className="sr-only">
            {place.said}
          </p>
          <header className="flex h-11 shrink-0 items-center gap-1 border-b bg-panel px-1.5">
            <IconButton label="Previous image" disabled={index <= 0} onClick={() => go(-1)}>
              <ChevronLeft />
            </IconButton>
            <IconButton label="Next image" disabled={index >= list.length - 1} onClick={() => go(1)}>
              <ChevronRight />
            </IconButton>
            <span className="px-1 text-xs whitespace-nowrap text-ink-3 max-sm:hidden">
              {index < 0 ? 'filtered out' : `${count(index + 1)} of ${count(list.length)}`}
            </span>
            <Radix.Title className="flex min-w-0 flex-1 items-baseline gap-x-2 px-1 text-sm max-sm:flex-col max-sm:leading-4">
              <span className="max-w-full truncate font-semibold">{image.name}</span>
              <span className="max-w-full truncate text-xs font-normal text-ink-2">{truthAt(image, lead).label}</span>
            </Radix.Title>
            {outcome && <OutcomeMark outcome={outcome} words className="mr-1" />}
            <ZoomControls store={camera} />
            <div className="max-sm:hidden">
              <IconButton label="Keyboard shortcuts" onClick={openHelp}>
                <Keyboard />
              </IconButton>
            </div>
            <CopyLink compact />
            <Radix.Close asChild>
              <IconButton label="Close the image">
                <X />
              </IconButton>
            </Radix.Close>
          </header>
          <ViewerBar panes={panes} figure={() => figureOf(panes, area.current)} />
          <div className="flex min-h-0 flex-1 max-md:flex-col">
            <div ref={area} className="flex min-h-0 min-w-0 flex-1 flex-col max-md:flex-none max-md:basis-[min(58dvh,calc(100vw+76px))]">
              <PanesArea panes={panes} />
            </div>
            <ViewerInspector panes={panes} all={all} complete={complete} />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
