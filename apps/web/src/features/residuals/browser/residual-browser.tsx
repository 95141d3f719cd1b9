'use client';

import { ChevronDown, ChevronUp, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { classes } from '#web/lib/classes.ts';
import { count } from '#web/lib/numbers.ts';
import { ScaleLegend } from '../controls/scale-legend.tsx';
import { ThresholdControl } from '../controls/threshold-control.tsx';
import { countCommented } from '../data/commented.ts';
import { countLabels, countOtherTruths, countOutcomes, countSplits, findImage, scoreOf } from '../data/images.ts';
import type { EvaluatedImages } from '../data/use-evaluated-images.ts';
import { ImageGrid } from '../grid/image-grid.tsx';
import type { ThumbLook } from '../grid/thumb.tsx';
import { openResidualStore, type ResidualStore } from '../maps/residual-store.ts';
import { commonScales, formatResidual, formatsOf, residualOptions, scalesOf } from '../view/protocol.ts';
import { leadOf, letterOf, pixelThresholds, shownPlaces, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { initialView, MOST_EVALUATIONS, thresholdPatch, type ViewState } from '../view/view-state.ts';
import { ImageCommentsProvider } from '#web/features/comments/image-comments.tsx';
import { useCommentedImages } from '#web/features/comments/use-commented-images.ts';
import { ImageViewer } from '../viewer/image-viewer.tsx';
import { openedShortcuts } from '../viewer/viewer-keys.ts';
import { GridSkeleton } from './grid-skeleton.tsx';
import { Notices } from './notices.tsx';
import { Toolbar } from './toolbar.tsx';
import { useArranged } from './use-arranged.ts';
import { VariantBar } from './variant-bar.tsx';

interface ResidualBrowserProps {
  readonly list: EvaluatedImages;
  readonly view: ViewState;
  readonly update: UpdateView;
  /** At least one; the list's images have their variants in this order. */
  readonly shown: readonly ShownEvaluation[];
  /** Puts the evaluations in another order or takes one out. */
  readonly onEvaluations?: (ids: readonly string[]) => void;
  /** What brings another evaluation in. */
  readonly add?: ReactNode;
}

/** The workers start when first asked and stop when the browser leaves the page. */
function useResidualStore(): ResidualStore {
  const [store] = useState(openResidualStore);
  useEffect(() => () => store.close(), [store]);
  return store;
}

/** Every image of one or several evaluations as a grid, and one of them opened; all of its state is in `view`. */
export function ResidualBrowser({ list, view, update, shown, onEvaluations, add }: ResidualBrowserProps) {
  const store = useResidualStore();
  // On a narrow screen threshold and scale are folded away under the one line that says what they are.
  const [adjusting, setAdjusting] = useState(false);
  const filters = useRef<HTMLButtonElement>(null);
  const { measure } = view;
  const lead = leadOf(shown, view);
  const { protocol } = shown[lead]!;
  const format = formatsOf(protocol)[measure];
  const comments = useCommentedImages(shown.map(({ id }) => id));
  const { arranged, thresholds, pair, caught } = useArranged(list, view, shown, comments);
  const imageThreshold = thresholds[lead] ?? null;
  const pixelThreshold = pixelThresholds(shown, view)[lead] ?? null;
  const options = useMemo(() => residualOptions({ ssim: view.ssim }, protocol), [view.ssim, protocol]);

  const protocols = useMemo(() => shown.map((one) => one.protocol), [shown]);
  const common = useMemo(() => commonScales(list.images, protocols), [list.images, protocols]);
  const scales = scalesOf(view, protocols, common);
  const scale = scales[lead]!;

  const { hidden } = view;
  const many = shown.length > 1;
  const { missing } = list;
  const failed = [...missing.values()].filter((reason) => reason !== null);
  const settled = failed.length === missing.size;
  const labels = useMemo(() => countLabels(list.images), [list.images]);
  const splitCounts = useMemo(() => countSplits(list.images), [list.images]);
  const commentCounts = useMemo(() => countCommented(comments), [comments]);
  const unshared = useMemo(
    () => (many ? list.images.filter(({ variants }) => variants.some((variant) => variant === null)).length : 0),
    [list.images, many],
  );
  const relabelled = useMemo(() => countOtherTruths(list.images), [list.images]);
  const outcomeCounts = useMemo(
    () => countOutcomes(list.images, lead, measure, imageThreshold),
    [list.images, lead, measure, imageThreshold],
  );
  const highestScore = useMemo(
    () => list.images.reduce((most, image) => Math.max(most, scoreOf(image, lead, measure) ?? 0), 0),
    [list.images, lead, measure],
  );
  const others = useMemo(
    () => (many ? shownPlaces(shown, { hidden, lead }).filter((place) => place !== lead) : []),
    [many, shown, hidden, lead],
  );
  const overlay = view.showMask;
  const { colours } = view;
  const loaded = !missing.has(lead);
  const look = useMemo<ThumbLook>(
    () => ({ measure, format, options, colours, scale, overlay, lead, loaded, thresholds, others, comments }),
    [measure, format, options, colours, scale, overlay, lead, loaded, thresholds, others, comments],
  );

  const open = useCallback((id: string) => update({ opened: id, selected: id }, { push: true }), [update]);
  const select = useCallback((id: string) => update({ selected: id }), [update]);
  const pushed = useRef(false);
  const wasOpened = useRef<string | null>(null);
  useEffect(() => {
    // However it was closed ("back" included), the grid stays at the image seen last.
    if (view.opened) wasOpened.current = view.opened;
    else if (wasOpened.current) {
      const last = wasOpened.current;
      wasOpened.current = null;
      pushed.current = false;
      update({ selected: last, camera: null });
      document.querySelector<HTMLElement>('[role=listbox][aria-label^="Images"]')?.focus({ preventScroll: true });
    }
  }, [view.opened, update]);
  const openFromGrid = useCallback(
    (id: string) => {
      pushed.current = true;
      open(id);
    },
    [open],
  );
  const close = useCallback(() => {
    if (pushed.current) window.history.back();
    else update({ opened: null });
  }, [update]);

  const step = (by: number): void => {
    const at = arranged.findIndex((image) => image.id === view.selected);
    const next = arranged[at < 0 ? 0 : Math.min(arranged.length - 1, Math.max(0, at + by))];
    if (next) select(next.id);
  };
  useShortcuts('Residual maps', [
    { keys: 'j', does: 'Next image', run: () => step(1) },
    { keys: 'k', does: 'Previous image', run: () => step(-1) },
    { keys: 'Enter', does: 'Open the selected image', run: () => (view.selected ? openFromGrid(view.selected) : undefined) },
    { keys: 'm', does: 'Measure SSIM or MSE', run: () => update((now) => ({ measure: now.measure === 'ssim' ? 'mse' : 'ssim' })) },
    { keys: 'f', does: 'Go to the filters', run: () => filters.current?.focus() },
    ...(many
      ? Array.from({ length: Math.min(shown.length, MOST_EVALUATIONS) }, (_, place) => ({
          keys: String(place + 1),
          does: `${letterOf(place)}, ${shown[place]!.name}, leads`,
          run: () => update({ lead: place }),
        }))
      : []),
    { keys: 't', does: 'Mask or overlay on and off', run: () => update((now) => ({ showMask: !now.showMask })) },
  ]);
  // These the opened image handles itself.
  useShortcuts('Opened image', openedShortcuts);

  const opened = view.opened ? findImage(list.images, view.opened) : undefined;
  // Comments are on what the leading evaluation made of the image, or the first that measured it.
  const commented = (opened?.variants[lead] ?? opened?.variants.find((variant) => variant !== null))?.reconstructionId;
  const clear = (
    <Button
      onClick={() => update({ labels: [], outcomes: [], splits: [], scoreRanges: initialView.scoreRanges, commented: null, shared: false })}
    >
      Show all images
    </Button>
  );
  return (
    <>
      <div className="sticky top-0 z-10 -mx-1 flex flex-col gap-2 border-b bg-surface px-1 py-2">
        {many || add ? <VariantBar shown={shown} view={view} update={update} onEvaluations={onEvaluations} add={add} /> : null}
        <Toolbar
          view={view}
          update={update}
          shown={shown}
          labels={labels}
          splitCounts={splitCounts}
          commentCounts={commentCounts}
          outcomeCounts={outcomeCounts}
          kept={arranged.length}
          total={list.total ?? 0}
          complete={settled}
          note={caught === null ? null : `${letterOf(pair[0])} catches ${count(caught)} that ${letterOf(pair[1])} misses`}
          filters={filters}
        />
        <Button
          size="small"
          className="justify-between md:hidden"
          aria-expanded={adjusting}
          aria-controls="threshold-and-scale"
          onClick={() => setAdjusting((now) => !now)}
        >
          <span className="truncate">
            Image threshold {imageThreshold === null ? 'not set' : formatResidual(format, imageThreshold)}, colours 0–{scale}
          </span>
          {adjusting ? <ChevronUp /> : <ChevronDown />}
        </Button>
        <div
          id="threshold-and-scale"
          className={classes('grid items-start gap-x-6 gap-y-1 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]', !adjusting && 'max-md:hidden')}
        >
          <ThresholdControl
            label={many ? `Image threshold of ${letterOf(lead)}` : 'Image threshold'}
            format={format}
            value={imageThreshold}
            fitted={protocol.thresholds[measure].image}
            origin={protocol.thresholds[measure].origin}
            maximum={Math.max(highestScore * 1.05, imageThreshold ?? 0) || scale}
            onChange={(value) => update(thresholdPatch('imageThreshold', lead, value))}
          />
          <ScaleLegend
            format={format}
            colours={view.colours}
            scale={scale}
            common={view.scale[format.scale.name] === null}
            threshold={pixelThreshold}
            onScale={(value) => update((now) => ({ scale: { ...now.scale, [format.scale.name]: value } }))}
            onColours={(colours) => update({ colours })}
          />
        </div>
      </div>
      <Notices
        shown={shown}
        view={view}
        update={update}
        unshared={list.complete ? unshared : 0}
        relabelled={relabelled}
        missing={missing}
        onRetry={list.retry}
      />
      {list.total === null && settled && failed.length > 0 ? (
        <ErrorState title="The images could not be loaded" reason={failed[0]!} onRetry={list.retry} />
      ) : list.total !== null && settled && arranged.length === 0 ? (
        <EmptyState
          icon={<SearchX />}
          title={list.total === 0 ? 'This evaluation has no images' : 'No image is left by these filters'}
          action={list.total === 0 ? undefined : clear}
        >
          {list.total === 0 ? 'The dataset version has no test images: import some, then evaluate again.' : 'Choose others, or show all.'}
        </EmptyState>
      ) : list.total === null ? (
        <GridSkeleton cell={view.cell} />
      ) : (
        <ImageGrid
          images={arranged}
          look={look}
          store={store}
          cell={view.cell}
          selected={view.selected}
          label={many ? 'Images of the evaluations' : 'Images of the evaluation'}
          onSelect={select}
          onOpen={openFromGrid}
        />
      )}
      {opened && commented && (
        <ImageCommentsProvider reconstructionId={commented}>
          <ImageViewer
            image={opened}
            list={arranged}
            index={arranged.indexOf(opened)}
            all={list.images}
            complete={settled}
            missing={missing}
            store={store}
            view={view}
            update={update}
            shown={shown}
            scales={scales}
            onClose={close}
          />
        </ImageCommentsProvider>
      )}
      {view.opened && !opened && list.complete && (
        <ErrorState
          title="This image is not here"
          reason="The address names an image that this evaluation does not have."
          onRetry={() => update({ opened: null })}
        />
      )}
    </>
  );
}
