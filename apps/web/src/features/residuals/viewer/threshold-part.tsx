'use client';

import { useMemo } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { classes } from '#web/lib/classes.ts';
import { count, fixed, plural } from '#web/lib/numbers.ts';
import { NumberInput, RangeInput } from '../controls/range-input.tsx';
import { ThresholdControl } from '../controls/threshold-control.tsx';
import { truthAt, type EvaluatedImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import type { SetCounter } from '../maps/set-counter.ts';
import { iou } from '../pixels/confusion.ts';
import { edgeToward } from '../pixels/threshold-edges.ts';
import { formatsOf, residualOptions } from '../view/protocol.ts';
import { letterOf, pixelThresholds, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { thresholdPatch, type ViewState } from '../view/view-state.ts';
import { ConfusionTable } from './confusion-table.tsx';
import { Part, Toggle } from './inspector-part.tsx';
import type { OpenedVariant } from './use-opened-variants.ts';
import { isUnmarked, useImageConfusion } from './use-image-confusion.ts';
import { useSetCounter } from './use-set-counter.ts';

interface ThresholdPartProps {
  readonly store: ResidualStore;
  readonly image: EvaluatedImage;
  /** Every image of the evaluations, whatever is filtered. */
  readonly all: readonly EvaluatedImage[];
  /** False while images are still to come. */
  readonly complete: boolean;
  readonly shown: readonly ShownEvaluation[];
  readonly places: readonly number[];
  readonly lead: number;
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly opened: ReadonlyMap<number, OpenedVariant>;
  readonly scales: readonly number[];
}

/** Where a pixel begins to count as defective, for each variant, and what that does to this image and to the whole set. */
export function ThresholdPart(props: ThresholdPartProps) {
  const { image, shown, places, lead, view, update, scales } = props;
  const { measure } = view;
  const { protocol } = shown[lead]!;
  const threshold = pixelThresholds(shown, view)[lead] ?? null;
  const fitted = protocol.thresholds[measure];
  const truth = truthAt(image, lead);
  const { confusion, counter } = useCounts(props, lead, threshold, true);
  const set = threshold === null ? null : counter.counts.confusionAt(threshold);
  const unmarked = isUnmarked(truth);
  return (
    <Part
      title="Mask"
      actions={
        <Segmented
          label="Measure"
          className="!h-7"
          value={measure}
          onValueChange={(next) => update({ measure: next })}
          options={[
            { value: 'ssim', label: 'SSIM' },
            { value: 'mse', label: 'MSE' },
          ]}
        />
      }
    >
      <ThresholdControl
        label={places.length > 1 ? `T of ${letterOf(lead)}` : 'T'}
        format={formatsOf(protocol)[measure]}
        value={threshold}
        fitted={fitted.pixel}
        origin={fitted.origin}
        maximum={Math.max(scales[lead]!, threshold ?? 0)}
        stop={edgeToward}
        onChange={(value) => update(thresholdPatch('pixelThreshold', lead, value))}
      />
      <div className="flex gap-4">
        <Toggle label="Mask" keyName="t" on={view.showMask} onChange={(showMask) => update({ showMask })} />
        <Toggle
          label="Ground-truth outline"
          keyName="o"
          on={view.showTruth}
          disabled={!truth.maskUrl}
          onChange={(showTruth) => update({ showTruth })}
        />
      </div>
      {!protocol.aligned ? (
        <p className="text-xs text-ink-2">
          The padded patches are shown as the network saw them; pixels are counted against ground truth in the results alone.
        </p>
      ) : threshold === null ? (
        <p className="text-xs text-ink-3">No threshold is set.</p>
      ) : (
        <>
          <ConfusionTable image={unmarked ? null : confusion} set={set} />
          {unmarked && (
            <p className="text-2xs text-ink-3">Nobody outlined this defect, so its pixels cannot be counted, here or in the set.</p>
          )}
          <Counted counter={counter} />
          <Unread counter={counter} />
        </>
      )}
      {places.length > 1 && (
        <VariantThresholds {...props} others={places.filter((place) => place !== lead)} ready={counter.done || !protocol.aligned} />
      )}
    </Part>
  );
}

function Counted({ counter }: { counter: SetCounter }) {
  const { total, unread, counts, done } = counter;
  return (
    <p className="text-2xs text-ink-3" aria-live="off">
      {total === 0
        ? 'No image of the set is good or outlined.'
        : `${done ? 'Whole set' : 'So far'}: ${count(counts.images)} of ${count(total)} images counted`}
      {!done && (
        <progress
          aria-label="Images counted"
          className="ml-2 h-1.5 w-16 align-middle accent-accent-fill"
          max={total}
          value={counts.images + unread}
        />
      )}
    </p>
  );
}

/** Images that are missing in the count, and the way to try them again. @param props.of the variant's letter, where several are listed */
function Unread({ counter, of }: { counter: SetCounter; of?: string }) {
  const { unread, done } = counter;
  if (unread === 0 || !done) return null;
  return (
    <p className="flex items-center gap-2 text-2xs text-bad">
      {of && `${of}: `}
      {plural(unread, 'image')} could not be read and {unread === 1 ? 'is' : 'are'} in no count.
      <Button size="small" onClick={() => void counter.run()}>
        Try again
      </Button>
    </p>
  );
}

/** This image and the whole set under one variant at a threshold. @param turn false keeps the set from being counted: it is another one's turn */
function useCounts(
  { store, image, all, complete, shown, view, opened }: ThresholdPartProps,
  place: number,
  threshold: number | null,
  turn: boolean,
) {
  const { id, protocol } = shown[place]!;
  const options = useMemo(() => residualOptions({ ssim: view.ssim }, protocol), [view.ssim, protocol]);
  const { measure } = view;
  const counted = protocol.aligned ? threshold : null;
  const confusion = useImageConfusion(store, opened.get(place) ?? null, { image, place, measure, options, threshold: counted });
  const counter = useSetCounter(store, {
    evaluation: id,
    images: all,
    place,
    measure,
    options,
    threshold,
    fitted: protocol.thresholds[measure].pixel,
    run: turn && complete && protocol.aligned,
  });
  return { confusion, counter };
}

/** A threshold and what comes of it for each of the other variants, a line each; the set of one is counted after the other. */
function VariantThresholds({
  others,
  ready,
  ...props
}: ThresholdPartProps & { readonly others: readonly number[]; readonly ready: boolean }) {
  const [first, ...rest] = others;
  return (
    <div role="table" aria-label="Thresholds of the other variants" className="flex flex-col gap-1 border-t pt-1.5">
      <div role="row" className="flex items-center gap-1.5 text-2xs text-ink-3">
        <span role="columnheader" className="flex-1">
          others: T, and IoU of the
        </span>
        <span role="columnheader" className="w-12 text-right">
          image
        </span>
        <span role="columnheader" className="w-12 text-right">
          set
        </span>
      </div>
      {first !== undefined && <OtherVariant key={first} {...props} place={first} turn={ready} rest={rest} />}
    </div>
  );
}

/** One line and, below it, those whose turn to be counted comes when this one's set is done. */
function OtherVariant({
  place,
  turn,
  rest,
  ...props
}: ThresholdPartProps & { readonly place: number; readonly turn: boolean; readonly rest: readonly number[] }) {
  const { shown, view, update, scales } = props;
  const { name, protocol } = shown[place]!;
  const threshold = pixelThresholds(shown, view)[place] ?? null;
  const { confusion, counter } = useCounts(props, place, threshold, turn);
  const set = threshold === null || !protocol.aligned ? null : counter.counts.confusionAt(threshold);
  const format = formatsOf(protocol)[view.measure];
  const maximum = Math.max(scales[place]!, threshold ?? 0);
  const change = (value: number): void => update(thresholdPatch('pixelThreshold', place, value));
  const step = (value: number): void => change(edgeToward(threshold ?? maximum, value));
  const [next, ...others] = rest;
  return (
    <>
      <div role="row" className="flex items-center gap-1.5 text-xs">
        <span role="cell" className="flex min-w-0 flex-1 items-center gap-1">
          <button
            type="button"
            title={`${name}: make it the leading variant (${place + 1})`}
            className="size-6 shrink-0 rounded-sm border border-line-strong text-2xs hover:bg-hover"
            onClick={() => update({ lead: place })}
          >
            {letterOf(place)}
          </button>
          <RangeInput
            label={`T of ${letterOf(place)}, ${name}`}
            className="w-full flex-1"
            value={threshold ?? maximum}
            minimum={0}
            maximum={maximum}
            step={maximum / 1000}
            onChange={step}
          />
          <NumberInput
            label={`T of ${letterOf(place)}, typed`}
            value={threshold ?? maximum}
            decimals={format.decimals}
            minimum={0}
            step={maximum / 100}
            className="!h-6 !w-13 !text-2xs"
            onChange={change}
            onStep={step}
          />
        </span>
        <span role="cell" className="w-12 text-right font-mono">
          {confusion ? fixed(iou(confusion), 3) : '–'}
        </span>
        <span
          role="cell"
          className={classes('w-12 text-right font-mono', !counter.done && 'text-ink-3')}
          title={`${count(counter.counts.images)} of ${count(counter.total)} images counted`}
        >
          {set ? fixed(iou(set), 3) : '–'}
        </span>
      </div>
      {set && counter.done && counter.unread > 0 && (
        <div role="row">
          <div role="cell">
            <Unread counter={counter} of={letterOf(place)} />
          </div>
        </div>
      )}
      {next !== undefined && (
        <OtherVariant key={next} {...props} place={next} turn={turn && (counter.done || !protocol.aligned)} rest={others} />
      )}
    </>
  );
}
