'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Spinner } from '#web/components/ui/button.tsx';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import { classes } from '#web/lib/classes.ts';
import { verdictOf, type Entry } from './session.ts';
import { VerdictMark } from './verdict-mark.tsx';

interface ResultsListProps {
  readonly entries: readonly Entry[];
  readonly selected: number | null;
  readonly measure: Measure;
  readonly threshold: number | null;
  readonly score: (value: number) => string;
  readonly onSelect: (id: number) => void;
  readonly onRemove: (id: number) => void;
}

const ROW = 44;

/** The checked photographs; arrow keys, j and k walk through them, Delete takes one out. */
export function ResultsList({ entries, selected, measure, threshold, score, onSelect, onRemove }: ResultsListProps) {
  const host = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- rows are drawn from the virtualiser's own state
  const rows = useVirtualizer({ count: entries.length, getScrollElement: () => host.current, estimateSize: () => ROW, overscan: 8 });
  const index = entries.findIndex(({ id }) => id === selected);
  useEffect(() => {
    if (index >= 0) rows.scrollToIndex(index);
  }, [index, rows]);
  const go = (to: number): void => {
    const entry = entries[Math.min(entries.length - 1, Math.max(0, to))];
    if (entry) onSelect(entry.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(index + 1),
      j: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      k: () => go(index - 1),
      Home: () => go(0),
      End: () => go(entries.length - 1),
      Delete: () => {
        const entry = entries[index];
        if (!entry) return;
        const next = entries[index + 1] ?? entries[index - 1];
        onRemove(entry.id);
        if (next) onSelect(next.id);
      },
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const shown = rows.getVirtualItems();
  // Scrolled out of sight, the selected one is no element that could be named.
  const active = shown.some((row) => row.index === index) ? `live-entry-${selected}` : undefined;
  return (
    <div
      ref={host}
      role="listbox"
      aria-label="Checked images"
      tabIndex={0}
      aria-activedescendant={active}
      onKeyDown={onKeyDown}
      className="max-h-[40dvh] min-h-24 overflow-y-auto rounded-md border bg-panel lg:max-h-[calc(100dvh-320px)]"
    >
      <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const entry = entries[row.index];
          if (!entry) return null;
          const chosen = entry.id === selected;
          return (
            <div
              key={entry.id}
              id={`live-entry-${entry.id}`}
              role="option"
              aria-selected={chosen}
              onClick={() => onSelect(entry.id)}
              className={classes(
                'absolute inset-x-0 flex cursor-pointer items-center gap-2 border-b px-3',
                chosen ? 'bg-selected' : 'hover:bg-hover',
              )}
              style={{ top: row.start, height: row.size }}
            >
              <span className="min-w-0 flex-1 truncate text-sm">{entry.name}</span>
              <EntryState entry={entry} measure={measure} threshold={threshold} score={score} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function EntryState({ entry, measure, threshold, score }: Pick<ResultsListProps, 'measure' | 'threshold' | 'score'> & { entry: Entry }) {
  if (entry.state === 'failed')
    return (
      <span className="flex items-center gap-1 text-xs text-warn [&>svg]:size-4">
        <TriangleAlert aria-hidden /> not checked
      </span>
    );
  if (!entry.facts)
    return entry.state === 'checking' ? (
      <span role="status" className="flex items-center gap-1.5 text-xs text-ink-3">
        <Spinner /> checking
      </span>
    ) : (
      <span className="text-xs text-ink-3">waits</span>
    );
  return (
    <>
      <span className="font-mono text-xs text-ink-2">{score(entry.facts.scores[measure])}</span>
      <VerdictMark verdict={verdictOf(entry.facts.scores, measure, threshold)} />
    </>
  );
}
