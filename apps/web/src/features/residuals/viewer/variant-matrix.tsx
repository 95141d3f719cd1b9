'use client';

import { EllipsisVertical, Maximize2 } from 'lucide-react';
import { IconButton } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLink } from '#web/components/ui/menu.tsx';
import { classes } from '#web/lib/classes.ts';
import { outcomeFor, scoreOf } from '../data/images.ts';
import { OutcomeMark } from '../grid/outcome-mark.tsx';
import { formatResidual, formatsOf } from '../view/protocol.ts';
import { imageThresholds, letterOf } from '../view/shown-evaluation.ts';
import { withEvaluations, type RowName } from '../view/view-state.ts';
import { moved, rowsWithout } from './arrange-panes.ts';
import type { Panes } from './variant-scene.ts';
import { paneName, rowTitles, VariantPane } from './variant-pane.tsx';

/** Every shown row of every shown variant: columns are variants. */
export function VariantMatrix({ rows, panes }: { rows: readonly RowName[]; panes: Panes }) {
  const { places } = panes;
  return (
    <div className="min-h-0 min-w-0 flex-1 overflow-auto">
      <div
        className="grid min-h-full gap-px bg-line"
        style={{
          gridTemplateColumns: `1.75rem repeat(${places.length}, minmax(8.5rem, 1fr))`,
          gridTemplateRows: `2rem repeat(${rows.length}, minmax(6.5rem, 1fr))`,
          minWidth: `${1.75 + 8.5 * places.length}rem`,
        }}
      >
        <div className="bg-panel" />
        {places.map((place) => (
          <VariantHead key={place} place={place} panes={panes} />
        ))}
        {rows.map((row) => (
          <Row key={row} row={row} rows={rows} panes={panes} />
        ))}
      </div>
    </div>
  );
}

function Row({ row, rows, panes }: { row: RowName; rows: readonly RowName[]; panes: Panes }) {
  return (
    <>
      <RowHead row={row} rows={rows} panes={panes} />
      {panes.places.map((place) => (
        <section
          key={place}
          aria-label={paneName(row, place, panes)}
          onPointerEnter={() => panes.onHover(row, place)}
          className="group relative flex min-h-0 min-w-0 flex-col bg-well"
        >
          <VariantPane row={row} place={place} panes={panes} />
          <IconButton
            label={`Show only ${paneName(row, place, panes).toLowerCase()}`}
            className="!absolute top-0.5 left-0.5 !size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 [&>svg]:!size-3.5"
            onClick={() => panes.update({ pane: row, lead: place })}
          >
            <Maximize2 />
          </IconButton>
        </section>
      ))}
    </>
  );
}

function VariantHead({ place, panes }: { place: number; panes: Panes }) {
  const { image, shown, view, update, lead, places } = panes;
  const { name, detail, href, protocol } = shown[place]!;
  const score = scoreOf(image, place, view.measure);
  const outcome = outcomeFor(image, place, view.measure, imageThresholds(shown, view)[place] ?? null);
  const ids = shown.map(({ id }) => id);
  const at = places.indexOf(place);
  const move = (by: -1 | 1): void => {
    const other = places[at + by];
    if (other !== undefined) update((now) => withEvaluations(now, ids, moved(ids, place, other)));
  };
  return (
    <div
      className={classes(
        'flex min-w-0 items-center gap-1 bg-panel pl-2 text-xs',
        place === lead && 'shadow-[inset_0_-2px_0_var(--color-accent)]',
      )}
    >
      <button
        type="button"
        aria-pressed={place === lead}
        title={`${name}, ${detail}: ${place === lead ? 'leads' : `make it the leading variant (${place + 1})`}`}
        className="flex min-w-0 flex-1 items-baseline gap-1.5 truncate text-left"
        onClick={() => update({ lead: place })}
      >
        <span className="font-mono text-ink-3">{letterOf(place)}</span>
        <span className="truncate font-semibold">{name}</span>
        <span className="truncate text-2xs text-ink-3">{detail}</span>
      </button>
      {outcome && <OutcomeMark outcome={outcome} />}
      <span className="font-mono text-2xs">{score === null ? '–' : formatResidual(formatsOf(protocol)[view.measure], score)}</span>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Variant ${letterOf(place)}: move, hide, open`} className="!size-6 [&>svg]:!size-3.5">
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem disabled={at <= 0} onSelect={() => move(-1)}>
          Move left
        </MenuItem>
        <MenuItem disabled={at >= places.length - 1} onSelect={() => move(1)}>
          Move right
        </MenuItem>
        <MenuItem disabled={place === lead} onSelect={() => update((now) => ({ hidden: [...now.hidden, place].sort((a, b) => a - b) }))}>
          {place === lead ? 'Hide (the leading one stays)' : 'Hide'}
        </MenuItem>
        <MenuLink href={href}>Open the evaluation</MenuLink>
      </Menu>
    </div>
  );
}

function RowHead({ row, rows, panes: { update } }: { row: RowName; rows: readonly RowName[]; panes: Panes }) {
  const at = rows.indexOf(row);
  const move = (by: -1 | 1): void => {
    const other = rows[at + by];
    if (other) update((now) => ({ rows: moved(now.rows, now.rows.indexOf(row), now.rows.indexOf(other)) }));
  };
  const title = row === 'mask' ? 'Mask' : rowTitles[row];
  return (
    <div className="relative flex flex-col items-center bg-panel pt-0.5 text-2xs text-ink-2">
      <Menu
        trigger={
          <IconButton label={`Row ${title.toLowerCase()}: move, hide`} className="!size-6 [&>svg]:!size-3.5">
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem disabled={at <= 0} onSelect={() => move(-1)}>
          Move up
        </MenuItem>
        <MenuItem disabled={at >= rows.length - 1} onSelect={() => move(1)}>
          Move down
        </MenuItem>
        <MenuItem disabled={rows.length <= 1} onSelect={() => update((now) => ({ rows: rowsWithout(now.rows, row) }))}>
          Hide
        </MenuItem>
      </Menu>
      <span className="flex-1 rotate-180 py-1 text-center [writing-mode:vertical-rl]">{title}</span>
    </div>
  );
}
