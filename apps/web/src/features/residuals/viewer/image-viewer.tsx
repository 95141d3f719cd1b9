'use client';

import { ChevronLeft, ChevronRight, Keyboard, X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { isTyping, pressName } from '#web/components/frame/shortcut-keys.ts';
import { LETS_SEQUENCES, SEQUENCE_MS, useIsSequence, useShortcutHelp } from '#web/components/frame/shortcuts.tsx';
import { IconButton } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { count } from '#web/lib/numbers.ts';
import { CameraStore } from '../camera/camera-store.ts';
import { measuredAt, outcomeFor, type EvaluatedImage, type MeasuredImage } from '../data/images.ts';
import { OutcomeMark } from '../grid/outcome-mark.tsx';
import type { ResidualStore } from '../maps/residual-store.ts';
import { formatsOf, residualOptions } from '../view/protocol.ts';
import { imageThresholds, leadOf, pixelThresholds, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import type { PaneName, ViewState } from '../view/view-state.ts';
import { PaneGrid } from './pane-grid.tsx';
import { useOpenedImage } from './use-opened-image.ts';
import { useScenes } from './use-scenes.ts';
import { ViewerInspector } from './viewer-inspector.tsx';
import { ZoomControls } from './zoom-controls.tsx';

interface ImageViewerProps {
  readonly image: EvaluatedImage;
  /** The list that previous and next walk through, and the image's place in it (−1 when a filter hides it). */
  readonly list: readonly EvaluatedImage[];
  readonly index: number;
  readonly store: ResidualStore;
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly shown: readonly ShownEvaluation[];
  readonly scale: number;
  readonly onClose: () => void;
}

/** One image as the leading evaluation measured it; where that one did not, says so. */
export function ImageViewer(props: ImageViewerProps) {
  const image = measuredAt(props.image, leadOf(props.shown, props.view));
  return image ? <OpenedImageViewer {...props} image={image} /> : <NotMeasured onClose={props.onClose} name={props.image.name} />;
}

function NotMeasured({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={name}>
      <p className="pb-2 text-ink-2">The leading evaluation did not measure this image: choose another one, or show only shared images.</p>
    </Dialog>
  );
}

/** One image, full screen: four panes through one camera, and beside them everything that can be set and read. */
function OpenedImageViewer(props: ImageViewerProps & { readonly image: MeasuredImage }) {
  const { image, list, index, store, view, update, shown, scale, onClose } = props;
  const place = leadOf(shown, view);
  const { protocol } = shown[place]!;
  const imageThreshold = imageThresholds(shown, view)[place] ?? null;
  const pixelThreshold = pixelThresholds(shown, view)[place] ?? null;
  const options = useMemo(() => residualOptions({ ssim: view.ssim }, protocol), [view.ssim, protocol]);
  const [camera] = useState(() => new CameraStore(view.camera));
  const hovered = useRef<PaneName>('residual');
  const began = useRef(-Infinity);
  const openHelp = useShortcutHelp();
  const isSequence = useIsSequence();

  const neighbours = useMemo(
    () => [list[index + 1], list[index - 1]].flatMap((one) => (one && measuredAt(one, place)) ?? []),
    [list, index, place],
  );
  const { opened, error, retry } = useOpenedImage(store, image, neighbours, view.measure, options, protocol.aligned);
  const good = !image.defective;
  const scenes = useScenes(opened, {
    colours: view.colours,
    scale,
    threshold: pixelThreshold,
    good,
    showMask: view.showMask,
    showTruth: view.showTruth,
    formats: formatsOf(protocol),
  });

  // The camera moves every frame; the address follows when it rests. The address moves the camera on "back".
  const written = useRef(view.camera);
  useEffect(() => {
    if (view.camera === written.current) return;
    written.current = view.camera;
    camera.setCamera(view.camera);
  }, [camera, view.camera]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = camera.onCamera(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (camera.camera === written.current) return;
        written.current = camera.camera;
        update({ camera: camera.camera });
      }, 200);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [camera, update]);

  const go = (step: -1 | 1): void => {
    const next = index < 0 ? list[0] : list[index + step];
    if (next) update({ opened: next.id, selected: next.id });
  };
  const acts: Readonly<Record<string, () => void>> = {
    ArrowRight: () => go(1),
    j: () => go(1),
    ArrowLeft: () => go(-1),
    k: () => go(-1),
    '+': () => camera.zoomBy(1.5),
    '=': () => camera.zoomBy(1.5),
    '-': () => camera.zoomBy(1 / 1.5),
    '0': () => camera.setCamera(null),
    t: () => update((now) => ({ showMask: !now.showMask })),
    o: () => update((now) => ({ showTruth: !now.showTruth })),
    '1': () => update({ measure: 'ssim' }),
    '2': () => update({ measure: 'mse' }),
    ' ': () => update((now) => ({ pane: now.pane ? null : hovered.current })),
    '?': openHelp,
  };
  const onKeyDown = (event: KeyboardEvent | globalThis.KeyboardEvent): void => {
    // After "g" a key that completes a sequence such as "g o" is the frame's; any other keeps its meaning here.
    const sequence = event.timeStamp - began.current < SEQUENCE_MS && isSequence(`g ${pressName(event)}`);
    began.current = event.key === 'g' && !isTyping(event.target) ? event.timeStamp : -Infinity;
    if (sequence) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const target = event.target as HTMLElement;
    if (event.key.startsWith('Arrow') && target.matches('input, [role=radio], [role=combobox], [role=listbox] *')) return;
    if (event.key === ' ' && target.matches('button, input, a')) return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
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
    window.addEventListener('keydown', onStray, true);
    return () => window.removeEventListener('keydown', onStray, true);
  }, []);

  const outcome = outcomeFor(image, place, view.measure, imageThreshold);
  const size = { width: image.networkWidth, height: image.networkHeight };
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          {...{ [LETS_SEQUENCES]: '' }}
          onKeyDown={onKeyDown}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          // Escape in a field leaves the field, not the image.
          onEscapeKeyDown={(event) => (isTyping(event.target) ? event.preventDefault() : undefined)}
          className="fixed inset-0 z-40 flex flex-col bg-surface outline-none"
        >
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
              <span className="max-w-full truncate text-xs font-normal text-ink-2">{image.label}</span>
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
          <div className="flex min-h-0 flex-1 max-md:flex-col">
            <div className="flex min-h-0 min-w-0 flex-1 flex-col max-md:flex-none max-md:basis-[min(58dvh,calc(100vw+40px))]">
              {error ? (
                <ErrorState className="m-auto" title="This image could not be shown" reason={error} onRetry={retry} />
              ) : (
                <PaneGrid
                  scenes={scenes}
                  image={size}
                  store={camera}
                  only={view.pane}
                  onOnly={(pane) => update({ pane })}
                  onHover={(pane) => (hovered.current = pane)}
                />
              )}
            </div>
            <ViewerInspector
              image={image}
              view={view}
              update={update}
              protocol={protocol}
              scale={scale}
              place={place}
              pixelThreshold={pixelThreshold}
              camera={camera}
              opened={opened}
            />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
