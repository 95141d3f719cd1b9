'use client';

import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { classes } from '#web/lib/classes.ts';
import { count, plural } from '#web/lib/numbers.ts';
import { goodCounts, type SplitLabelCount } from '../counts.ts';
import { borderMoved, countsOfBorders, sharesOf, type Borders } from './split-shares.ts';
import { useImageEdit } from './use-image-edit.ts';

const parts = ['train', 'validation', 'test'] as const;
const looks = { train: 'bg-accent-fill', validation: 'bg-line-strong', test: 'bg-selected' };

/** How good images are divided; the borders are dragged or moved by arrow keys, and what would move is said before it does. */
export function SplitBar({ datasetId, counts, canEdit }: { datasetId: string; counts: readonly SplitLabelCount[]; canEdit: boolean }) {
  const now = goodCounts(counts);
  const total = now.train + now.validation + now.test;
  const [draft, setDraft] = useState<{ readonly of: string; readonly borders: Borders } | null>(null);
  const { edit, busy } = useImageEdit(datasetId);
  const bar = useRef<HTMLDivElement>(null);
  if (total === 0) return null;
  // A draft of other counts than these is out of date.
  const key = JSON.stringify(now);
  const borders = draft?.of === key ? draft.borders : sharesOf(now);
  const wanted = countsOfBorders(borders, total);
  const moving = parts.reduce((sum, part) => sum + Math.max(0, wanted[part] - now[part]), 0);
  const move = (border: 0 | 1, to: number) => setDraft({ of: key, borders: borderMoved(borders, border, to, total) });
  const apply = async () => {
    const fractions = { train: wanted.train / total, validation: wanted.validation / total, test: wanted.test / total };
    if (await edit({ byFractions: { ...fractions, fewestMoves: true } })) setDraft(null);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="basis-full">
        <p className="mb-1 flex flex-wrap justify-between gap-x-4 text-xs text-ink-2">
          <span>Good images</span>
          <span className="flex flex-wrap gap-x-3">
            {parts.map((part) => (
              <span key={part} className="flex items-center gap-1.5">
                <span aria-hidden className={classes('size-2 rounded-full', looks[part])} />
                {part} {count(wanted[part])}
                {moving > 0 && wanted[part] !== now[part] ? <span className="text-ink-3">(now {count(now[part])})</span> : null}
              </span>
            ))}
          </span>
        </p>
        <div ref={bar} className="relative flex h-3 touch-none overflow-visible rounded-sm">
          {parts.map((part) => (
            <span
              key={part}
              className={classes('h-full first:rounded-l-sm last:rounded-r-sm', looks[part])}
              style={{ width: `${(100 * wanted[part]) / total}%` }}
            />
          ))}
          {canEdit
            ? ([0, 1] as const).map((border) => (
                <Border
                  key={border}
                  name={border === 0 ? 'Border of train and validation' : 'Border of validation and test'}
                  at={borders[border]}
                  total={total}
                  text={parts.map((part) => `${part} ${wanted[part]}`).join(', ')}
                  onMove={(to) => move(border, to)}
                  onPointerTo={(x) => {
                    const box = bar.current?.getBoundingClientRect();
                    if (box) move(border, (total * (x - box.left)) / box.width);
                  }}
                  onCancel={() => setDraft(null)}
                />
              ))
            : null}
        </div>
      </div>
      {moving > 0 ? (
        <span className="flex items-center gap-2">
          <Button size="small" tone="primary" busy={busy} onClick={() => void apply()}>
            Move {plural(moving, 'image')}
          </Button>
          <Button size="small" onClick={() => setDraft(null)}>
            Cancel
          </Button>
        </span>
      ) : null}
    </div>
  );
}

interface BorderProps {
  readonly name: string;
  readonly at: number;
  readonly total: number;
  readonly text: string;
  readonly onMove: (to: number) => void;
  readonly onPointerTo: (x: number) => void;
  readonly onCancel: () => void;
}

function Border({ name, at, total, text, onMove, onPointerTo, onCancel }: BorderProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const large = Math.max(1, Math.round(total / 10));
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -large, PageUp: large }[event.key];
    const to = step === undefined ? { Home: 0, End: total }[event.key] : at + step;
    if (event.key === 'Escape') onCancel();
    else if (to === undefined) return;
    else onMove(to);
    // The arrow keys of the grid are not meant here.
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={at}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => (event.currentTarget.hasPointerCapture(event.pointerId) ? onPointerTo(event.clientX) : undefined)}
      className="absolute -inset-y-1.5 w-6 -translate-x-1/2 cursor-ew-resize touch-none rounded-sm before:absolute before:inset-y-0 before:left-1/2 before:w-1 before:-translate-x-1/2 before:rounded-full before:bg-ink"
      style={{ left: `${(100 * at) / total}%` }}
    />
  );
}
