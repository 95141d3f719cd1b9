'use client';

import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';
import { paneColumns, type Size } from '../camera/camera.ts';
import { letterOf, pairOf } from '../view/shown-evaluation.ts';
import { isSheet, type RowName } from '../view/view-state.ts';
import { PaneBox } from './pane-box.tsx';
import { useBlink } from './use-blink.ts';
import { VariantMatrix } from './variant-matrix.tsx';
import { DifferencePane, paneName, rowTitles, SwipePane, VariantPane } from './variant-pane.tsx';
import type { Panes } from './variant-scene.ts';

/** Below this width one pane is shown at a time, chosen by tabs or a swipe. */
const NARROW = 560;

function useSpace() {
  const host = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSpace({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [host, space] as const;
}

/** The rows that have something to show: sheets of patches only where a shown variant turns them. */
export function rowsOf({ view, places, shown }: Panes): readonly RowName[] {
  const turns = places.some((place) => shown[place]?.protocol.turning);
  const rows = view.rows.filter((row) => !isSheet(row) || turns);
  return rows.length > 0 ? rows : ['input'];
}

/** The panes of an opened image: all variants side by side, two compared in one place, or one alone; one at a time on a narrow screen. */
export function PanesArea({ panes }: { panes: Panes }) {
  const { places, view, update, lead } = panes;
  const [host, space] = useSpace();
  const narrow = space !== null && space.width < NARROW;
  const many = places.length > 1;
  const rows = rowsOf(panes);
  const pair = pairOf(places, { pair: view.pair, lead });
  const compare = many ? view.compare : null;
  const blinked = pair[useBlink(compare === 'blink')];
  const single = view.pane ? view.pane : narrow ? (rows.includes('residual') ? 'residual' : rows[0]!) : null;

  const swipe = (step: -1 | 1): void => {
    if (many) {
      const next = places[places.indexOf(lead) + step];
      if (next !== undefined) update({ lead: next });
      return;
    }
    const next = rows[rows.indexOf(single ?? 'residual') + step];
    if (next) update({ pane: next });
  };

  const box = (row: RowName): ReactNode => {
    const place = compare === 'blink' ? blinked : compare ? pair[0] : lead;
    const name = compare && compare !== 'blink' ? rowTitles[row] : many ? `${rowTitles[row]}, ${letterOf(place)}` : rowTitles[row];
    return (
      <PaneBox
        key={row}
        name={many ? `${rowTitles[row]}, ${compare ?? letterOf(place)}` : rowTitles[row]}
        title={<BoxTitle text={compare === 'difference' ? rowTitles[row] : name} blinking={compare === 'blink' ? letterOf(place) : null} />}
        onHover={() => panes.onHover(row, lead)}
        alone={narrow ? null : { on: single !== null, toggle: () => update({ pane: single ? null : row }) }}
      >
        {compare === 'swipe' ? (
          <SwipePane row={row} panes={panes} pair={pair} />
        ) : (
          <VariantPane row={row} place={place} panes={panes} {...(narrow ? { onSwipe: swipe } : {})} />
        )}
      </PaneBox>
    );
  };

  const grid = (boxes: readonly ReactNode[]): ReactNode => {
    const columns = space ? paneColumns(boxes.length, space, panes.world) : 2;
    const rest = columns * Math.ceil(boxes.length / columns) - boxes.length;
    return (
      <div
        className="grid min-h-0 min-w-0 flex-1 auto-rows-fr gap-px bg-line"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {boxes}
        {rest > 0 && <div aria-hidden className="bg-well" style={{ gridColumn: `span ${rest}` }} />}
      </div>
    );
  };

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {narrow && many && !compare && <VariantTabs panes={panes} />}
      {narrow && compare !== 'difference' && <RowTabs rows={rows} chosen={single} onChoose={(row) => update({ pane: row })} />}
      <div ref={host} className="flex min-h-0 min-w-0 flex-1">
        {compare === 'difference'
          ? grid(differenceBoxes(panes, narrow || single !== null, narrow))
          : single
            ? grid([box(single)])
            : many && !compare
              ? space && <VariantMatrix rows={rows} panes={panes} />
              : grid(rows.map(box))}
      </div>
    </div>
  );
}

function BoxTitle({ text, blinking }: { text: string; blinking: string | null }) {
  return (
    <>
      {text}
      {blinking && <span className="rounded-sm bg-selected px-1 font-mono text-2xs text-ink">{blinking}</span>}
    </>
  );
}

function differenceBoxes(panes: Panes, alone: boolean, narrow: boolean): ReactNode[] {
  const { places, lead, view, update } = panes;
  const pair = pairOf(places, { pair: view.pair, lead });
  const [a, b] = pair;
  const toggle = narrow ? null : { on: alone, toggle: () => update({ pane: alone ? null : 'residual' }) };
  const of = (row: RowName, place: number): ReactNode => (
    <PaneBox
      key={`${row} ${place}`}
      name={paneName(row, place, panes)}
      title={`${rowTitles[row]}, ${letterOf(place)}`}
      onHover={() => panes.onHover(row, place)}
      alone={null}
    >
      <VariantPane row={row} place={place} panes={panes} />
    </PaneBox>
  );
  const difference = (
    <PaneBox
      key="difference"
      name="Difference"
      title={`Residual ${letterOf(a)} − ${letterOf(b)}`}
      onHover={() => panes.onHover('residual', a)}
      alone={toggle}
    >
      <DifferencePane panes={panes} pair={pair} />
    </PaneBox>
  );
  return alone ? [difference] : [of('residual', a), of('residual', b), difference, of('input', a)];
}

const tabLook = (on: boolean): string =>
  classes('min-w-0 flex-1 truncate border-b-2 px-1 text-xs', on ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-2');

function RowTabs({ rows, chosen, onChoose }: { rows: readonly RowName[]; chosen: RowName | null; onChoose: (row: RowName) => void }) {
  return (
    <div role="tablist" aria-label="Pane" className="flex h-9 shrink-0 border-b bg-panel">
      {rows.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={chosen === name}
          onClick={() => onChoose(name)}
          className={tabLook(chosen === name)}
        >
          {name === 'mask' ? 'Mask' : rowTitles[name]}
        </button>
      ))}
    </div>
  );
}

function VariantTabs({ panes: { places, shown, lead, update } }: { panes: Panes }) {
  return (
    <div role="tablist" aria-label="Variant" className="flex h-9 shrink-0 border-b bg-panel">
      {places.map((place) => (
        <button
          key={place}
          type="button"
          role="tab"
          aria-selected={place === lead}
          onClick={() => update({ lead: place })}
          className={tabLook(place === lead)}
        >
          <span className="font-mono text-ink-3">{letterOf(place)}</span> {shown[place]?.name}
        </button>
      ))}
    </div>
  );
}
