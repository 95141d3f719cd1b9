'use client';

import { MessageSquare } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';
import { colourMaps, paintOverlay, type ColourMapName } from '../colour/colour-map.ts';
import type { CommentCounts } from '../data/commented.ts';
import { outcomeFor, truthAt, type EvaluatedImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import { formatResidual, type MapOptions, type MeasureFormat } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';
import { letterOf } from '../view/shown-evaluation.ts';
import { OutcomeMark, SmallMark } from './outcome-mark.tsx';

export interface ThumbLook {
  readonly measure: Measure;
  readonly format: MeasureFormat;
  readonly options: MapOptions;
  readonly colours: ColourMapName;
  readonly scale: number;
  readonly overlay: boolean;
  /** Place of the evaluation that is shown. */
  readonly lead: number;
  /** Whether its images have come. */
  readonly loaded: boolean;
  /** Image thresholds by place. */
  readonly thresholds: readonly (number | null)[];
  /** Places of the others whose outcomes are marked. */
  readonly others: readonly number[];
  /** Threads by the Image's id. */
  readonly comments: ReadonlyMap<string, CommentCounts>;
}

interface ThumbProps {
  readonly image: EvaluatedImage;
  readonly look: ThumbLook;
  readonly store: ResidualStore;
  readonly position: number;
  readonly total: number;
  readonly selected: boolean;
  readonly onOpen: (id: string) => void;
}

/** A short rest before asking, so that a fast scroll does not compute what flies past. */
const REST = 60;

/** One image of the grid: the photograph at network scale with its residual laid over, its outcome and score. */
export const Thumb = memo(function Thumb({ image, look, store, position, total, selected, onOpen }: ThumbProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'waiting' | 'drawn' | 'failed'>('waiting');
  const { measure, format, options, colours, scale, overlay, lead, loaded, thresholds, others, comments } = look;
  const variant = image.variants[lead] ?? null;
  const drawn = useRef(false);

  useEffect(() => {
    if (!variant) return;
    const leave = new AbortController();
    const draw = async (): Promise<void> => {
      const [picture, map] = await Promise.all([
        store.picture(variant.inputUrl, variant.reconstructionUrl, { signal: leave.signal }),
        store.map(variant, measure, options, null, { signal: leave.signal }),
      ]);
      const target = canvas.current;
      // Pixels are written once from memory: a canvas kept there is cheaper than one on the graphics card, of which a grid would need hundreds.
      const context = target?.getContext('2d', { willReadFrequently: true, alpha: false });
      if (leave.signal.aborted || !target || !context) return;
      [target.width, target.height] = [picture.width, picture.height];
      const pixels = context.createImageData(picture.width, picture.height);
      if (overlay) paintOverlay(map.data, picture.rgba, colourMaps[colours], { minimum: 0, maximum: scale }, 0.85, pixels.data);
      else pixels.data.set(picture.rgba);
      context.putImageData(pixels, 0, 0);
      drawn.current = true;
      setState('drawn');
    };
    const timer = setTimeout(
      () =>
        draw().catch(() => {
          if (!leave.signal.aborted) setState('failed');
        }),
      drawn.current ? 0 : REST,
    );
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [store, variant, measure, options, colours, scale, overlay]);

  const outcome = outcomeFor(image, lead, measure, thresholds[lead] ?? null);
  const { label } = truthAt(image, lead);
  const open = comments.get(image.id)?.open ?? 0;
  const score = variant?.statistics[measure]?.score;
  return (
    <div
      id={`thumb-${image.id}`}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={total}
      onClick={() => onOpen(image.id)}
      className={classes(
        'relative flex min-w-0 flex-1 cursor-pointer flex-col overflow-hidden rounded-sm border bg-panel',
        selected ? 'border-accent ring-2 ring-accent' : 'border-line hover:border-line-strong',
      )}
    >
      <div className="relative min-h-0 flex-1 bg-well">
        <canvas
          ref={canvas}
          aria-hidden
          className={classes('absolute inset-0 size-full object-contain', (!variant || state !== 'drawn') && 'invisible')}
        />
        {!variant && (
          <span className="absolute inset-0 m-auto h-fit px-2 text-center text-2xs text-ink-3">
            {loaded ? `not measured by ${letterOf(lead)}` : `not loaded for ${letterOf(lead)}`}
          </span>
        )}
        {variant && state === 'failed' && (
          <span className="absolute inset-0 m-auto h-fit px-2 text-center text-2xs text-bad">could not be read</span>
        )}
        {open > 0 && (
          <span
            className="absolute top-1 right-1 flex items-center gap-0.5 rounded-sm bg-raised/90 px-1 text-2xs text-ink"
            title={plural(open, 'open comment')}
          >
            <MessageSquare aria-hidden className="size-3" />
            <span aria-hidden>{open}</span>
            <span className="sr-only">{plural(open, 'open comment')}</span>
          </span>
        )}
      </div>
      <span className="sr-only">{image.name}</span>
      <div className="flex h-6 shrink-0 items-center justify-between gap-1 px-1.5 text-2xs" title={`${label} / ${image.name}`}>
        {outcome ? <OutcomeMark outcome={outcome} /> : <span className="truncate text-ink-3">{label}</span>}
        <span className="truncate text-ink-3">{outcome ? label : ''}</span>
        <span className="font-mono">{score === undefined ? '–' : formatResidual(format, score)}</span>
      </div>
      {others.length > 0 && (
        <div className="flex h-[18px] shrink-0 items-start justify-between gap-1 overflow-hidden px-1.5">
          {others.map((place) => (
            <SmallMark key={place} letter={letterOf(place)} outcome={outcomeFor(image, place, measure, thresholds[place] ?? null)} />
          ))}
        </div>
      )}
    </div>
  );
});
