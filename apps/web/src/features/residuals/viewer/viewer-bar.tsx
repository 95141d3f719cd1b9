'use client';

import { ArrowLeftRight, ChevronDown, Rows3, Search } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { ScrollRow } from '#web/components/ui/scroll-row.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { FigureMenu } from '#web/features/evaluation/charts/figure-menu.tsx';
import { chooseDrawer, drawers, useDrawer, type Drawer } from '../drawing/drawn-by.ts';
import { letterOf, pairOf } from '../view/shown-evaluation.ts';
import { compares, isSheet, pairWith, rowNames, type Compare } from '../view/view-state.ts';
import { rowsWith } from './arrange-panes.ts';
import { Toggle } from './inspector-part.tsx';
import { rowsOf } from './panes-area.tsx';
import { rowTitles } from './variant-pane.tsx';
import type { Panes } from './variant-scene.ts';

const compareNames: Readonly<Record<Compare, string>> = { blink: 'Blink', swipe: 'Swipe', difference: 'Difference' };

const itemLook =
  'relative flex min-h-7 cursor-pointer items-center gap-3 rounded-sm pr-2 pl-7 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover';

/** Which panes are shown and how: rows, variants, two of them compared, frames, scales, the loupe. */
export function ViewerBar({ panes, figure }: { panes: Panes; figure: () => string }) {
  const { places, view, update, camera, shown } = panes;
  const many = places.length > 1;
  const turns = places.some((place) => shown[place]?.protocol.turning);
  const loupe = useSyncExternalStore(
    camera.onCursor,
    () => camera.loupe,
    () => false,
  );
  return (
    <ScrollRow label="panes" className="flex h-9 shrink-0 items-center gap-x-2 border-b bg-panel px-2">
      <ShowMenu panes={panes} turns={turns} />
      {many && (
        <>
          <Segmented
            label="Variants"
            className="!h-7"
            value={view.compare ?? 'side'}
            onValueChange={(next) => update({ compare: compares.find((one) => one === next) ?? null })}
            options={[{ value: 'side', label: 'Side by side' }, ...compares.map((value) => ({ value, label: compareNames[value] }))]}
          />
          {view.compare && <PairChoice panes={panes} />}
        </>
      )}
      {turns && <Toggle label="Frames" keyName="a" on={view.showFrames} onChange={(showFrames) => update({ showFrames })} />}
      <Toggle label="Scale of each pane" keyName="p" on={view.ownScale} onChange={(ownScale) => update({ ownScale })} />
      <Button
        size="small"
        tone={loupe ? 'primary' : 'plain'}
        aria-pressed={loupe}
        aria-keyshortcuts="l"
        title="Magnifies what is under the cursor; or hold l"
        className="ml-auto"
        onClick={() => camera.setLoupe(!loupe)}
      >
        <Search /> Loupe
      </Button>
      <FigureMenu svg={figure} name={[panes.image.name, 'panes']} />
    </ScrollRow>
  );
}

/** The two variants that are compared. */
function PairChoice({ panes: { places, shown, lead, view, update } }: { panes: Panes }) {
  const pair = pairOf(places, { pair: view.pair, lead });
  const [a, b] = pair;
  const options = places.map((place) => ({ value: String(place), label: `${letterOf(place)} ${shown[place]?.name ?? ''}` }));
  const choose = (at: 0 | 1) => (text: string) => update({ pair: pairWith(pair, at, Number(text)) });
  return (
    <div role="group" aria-label="Compared variants" className="flex items-center gap-1">
      <Select label="A of the comparison" className="!h-7 !w-32 !text-xs" value={String(a)} onValueChange={choose(0)} options={options} />
      <IconButton label="Swap the two" className="!size-7" onClick={() => update({ pair: [b, a] })}>
        <ArrowLeftRight />
      </IconButton>
      <Select label="B of the comparison" className="!h-7 !w-32 !text-xs" value={String(b)} onValueChange={choose(1)} options={options} />
    </div>
  );
}

const keepOpen = (event: Event): void => event.preventDefault();

/** Rows and variants, each shown or hidden. */
function ShowMenu({ panes, turns }: { panes: Panes; turns: boolean }) {
  const { shown, lead, view, update } = panes;
  const rows = rowsOf(panes);
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        <Button size="small">
          <Rows3 /> Show <ChevronDown className="text-ink-3" />
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          className="appear z-50 max-h-[70vh] min-w-56 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-float"
        >
          <Radix.Label className="px-2 py-1 text-xs text-ink-3">Rows</Radix.Label>
          {rowNames.map((row) => (
            <Radix.CheckboxItem
              key={row}
              className={itemLook}
              checked={rows.includes(row)}
              disabled={(rows.length === 1 && rows[0] === row) || (isSheet(row) && !turns)}
              onCheckedChange={(on) => update((now) => ({ rows: rowsWith(now.rows, row, on), pane: null }))}
              onSelect={keepOpen}
            >
              <Radix.ItemIndicator className="absolute left-2">✓</Radix.ItemIndicator>
              {rowTitles[row]}
              {isSheet(row) && !turns ? <span className="ml-auto text-xs text-ink-3">no patch is turned</span> : null}
            </Radix.CheckboxItem>
          ))}
          {shown.length > 1 && (
            <>
              <Radix.Separator className="my-1 h-px bg-line" />
              <Radix.Label className="px-2 py-1 text-xs text-ink-3">Variants</Radix.Label>
              {shown.map(({ id, name, detail }, place) => (
                <Radix.CheckboxItem
                  key={id}
                  className={itemLook}
                  checked={place === lead || !view.hidden.includes(place)}
                  disabled={place === lead}
                  onCheckedChange={(on) =>
                    update((now) => ({
                      hidden: on ? now.hidden.filter((one) => one !== place) : [...now.hidden, place].sort((x, y) => x - y),
                    }))
                  }
                  onSelect={keepOpen}
                >
                  <Radix.ItemIndicator className="absolute left-2">✓</Radix.ItemIndicator>
                  <span className="font-mono text-ink-3">{letterOf(place)}</span>
                  <span className="flex-1">{name}</span>
                  <span className="text-xs text-ink-3">{detail}</span>
                </Radix.CheckboxItem>
              ))}
            </>
          )}
          <DrawerItems />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const drawerNames: Readonly<Record<Drawer, string>> = { automatic: 'Automatic', graphics: 'Graphics card', processor: 'Processor' };

/** Who colours residuals and masks in this browser. */
function DrawerItems() {
  const { drawer, renderer } = useDrawer();
  return (
    <>
      <Radix.Separator className="my-1 h-px bg-line" />
      <Radix.Label className="px-2 py-1 text-xs text-ink-3">Residuals coloured by</Radix.Label>
      <Radix.RadioGroup value={drawer} onValueChange={(next) => chooseDrawer(drawers.find((one) => one === next) ?? 'automatic')}>
        {drawers.map((one) => (
          <Radix.RadioItem key={one} value={one} className={itemLook} onSelect={keepOpen}>
            <Radix.ItemIndicator className="absolute left-2">✓</Radix.ItemIndicator>
            <span className="flex-1">{drawerNames[one]}</span>
            {one === drawer && one !== 'processor' && (
              <span className="text-xs text-ink-3">
                {renderer ? (one === 'automatic' ? 'the graphics card' : '') : 'the processor: no graphics card'}
              </span>
            )}
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
      {renderer && <p className="max-w-64 px-2 pb-1 text-xs text-ink-3">{renderer.name}</p>}
    </>
  );
}
