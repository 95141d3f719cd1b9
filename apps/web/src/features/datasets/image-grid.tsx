'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Check } from 'lucide-react';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { classes } from '#web/lib/classes.ts';
import type { ListRange } from '#web/lib/page-loader.ts';
import { gridLayout, moved } from './grid-layout.ts';
import { MaskOutline } from './mask-outline.tsx';

export interface GridImage {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly thumbnailUrl: string;
  readonly maskUrl?: string | null;
}

export interface ImageGridProps {
  /** Names the view; the scroll position is kept under it. */
  readonly view: string;
  /** By place; null, or nothing there, where it has not been read. */
  readonly images: readonly (GridImage | null)[];
  readonly total: number;
  /** Width ÷ height of most images: the tiles take it, and show images of other proportions whole inside. */
  readonly aspect: number;
  readonly selected: string | null;
  /** Masks on every tile, not only under the pointer. */
  readonly outlines: boolean;
  readonly onSelect: (id: string | null) => void;
  /** Whether an image is chosen for an act on many; null where nothing can be done with them. */
  readonly chosen: ((id: string) => boolean) | null;
  readonly onChoose: (id: string, range: boolean) => void;
  /** Some are chosen: a click chooses further ones. */
  readonly choosing: boolean;
  /** Place of the selected image, where it is known. */
  readonly place: number | null;
  /** An arrow key leads to the image at a place. */
  readonly onPlace: (place: number) => void;
  /** Called with what is looked at, whenever that or the list changes. */
  readonly onLook: (range: ListRange) => void;
  /** Whether the list is scrolled down. */
  readonly onScrolled: (down: boolean) => void;
}

const gap = 4;
const scrollPositions = new Map<string, number>();

/** Thousands of tiles, of which only the visible rows exist; arrow keys move, Enter and click open, Esc closes. */
export function ImageGrid({
  view,
  images,
  total,
  aspect,
  selected,
  outlines,
  onSelect,
  chosen,
  onChoose,
  choosing,
  place,
  onPlace,
  onLook,
  onScrolled,
}: ImageGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { columns, tile, height, rows } = gridLayout(width, width < 480 ? 104 : 132, gap, total, aspect);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with the scroll; nothing here memoises them
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + gap,
    overscan: 4,
    initialOffset: scrollPositions.get(view) ?? 0,
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => virtual.measure(), [height, virtual]);

  const items = virtual.getVirtualItems();
  const from = (items[0]?.index ?? 0) * columns;
  const to = Math.min(total, ((items.at(-1)?.index ?? -1) + 1) * columns);
  useEffect(() => onLook({ from, to }), [from, to, images, onLook]);

  // An address that names an image leads to it; later selections are made where one looks.
  const shown = useRef(false);
  const row = place === null || width === 0 ? null : Math.floor(place / columns);
  useEffect(() => {
    if (shown.current || row === null) return;
    shown.current = true;
    const { startIndex, endIndex } = virtual.range ?? { startIndex: 0, endIndex: -1 };
    if (row < startIndex || row > endIndex) virtual.scrollToIndex(row, { align: 'center' });
  }, [row, virtual]);

  const move = (key: Parameters<typeof moved>[1]) => () => {
    const next = moved(place, key, columns, total);
    virtual.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
    onPlace(next);
  };
  useShortcuts('Images', [
    { keys: 'ArrowLeft', does: 'Previous image', run: move('ArrowLeft') },
    { keys: 'ArrowRight', does: 'Next image', run: move('ArrowRight') },
    { keys: 'ArrowUp', does: 'Image above', run: move('ArrowUp') },
    { keys: 'ArrowDown', does: 'Image below', run: move('ArrowDown') },
    { keys: 'Escape', does: 'Close the inspector', run: () => onSelect(null) },
    ...(chosen
      ? [{ keys: 'x', does: 'Choose the opened image, or not', run: () => (selected === null ? undefined : onChoose(selected, false)) }]
      : []),
  ]);

  return (
    <div
      ref={scroller}
      onScroll={(event) => {
        scrollPositions.set(view, event.currentTarget.scrollTop);
        onScrolled(event.currentTarget.scrollTop > 0);
      }}
      className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-4 [scrollbar-gutter:stable] md:px-6"
    >
      <div role="list" aria-label="Images" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((row) => (
          <div key={row.key} role="presentation" className="absolute inset-x-0 flex" style={{ top: row.start, gap }}>
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
              const image = images[row.index * columns + column];
              return image ? (
                <Tile
                  key={image.id}
                  image={image}
                  width={tile}
                  height={height}
                  selected={image.id === selected}
                  outline={outlines}
                  onSelect={onSelect}
                  chosen={chosen ? chosen(image.id) : null}
                  onChoose={onChoose}
                  choosing={choosing}
                />
              ) : (
                <span key={column} className="animate-pulse rounded-sm bg-selected" style={{ width: tile, height }} />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

interface TileProps {
  readonly image: GridImage;
  readonly width: number;
  readonly height: number;
  readonly selected: boolean;
  readonly outline: boolean;
  readonly onSelect: (id: string) => void;
  readonly chosen: boolean | null;
  readonly onChoose: (id: string, range: boolean) => void;
  readonly choosing: boolean;
}

function Tile({ image, width, height, selected, outline, onSelect, chosen, onChoose, choosing }: TileProps) {
  const [hovered, setHovered] = useState(false);
  const defective = image.label !== 'good';
  return (
    <div role="listitem" className="group relative">
      <button
        type="button"
        aria-pressed={selected}
        aria-label={`${image.name}, ${image.label}`}
        onClick={(event) => {
          const many = event.shiftKey || event.metaKey || event.ctrlKey || choosing;
          if (chosen !== null && many) onChoose(image.id, event.shiftKey);
          else onSelect(image.id);
        }}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        style={{ width, height }}
        className={classes(
          'relative block overflow-hidden rounded-sm bg-well',
          chosen && 'outline-2 outline-offset-1 outline-accent',
          selected && 'outline-2 outline-offset-1 outline-accent',
        )}
      >
        <img src={image.thumbnailUrl} alt="" loading="lazy" decoding="async" className="size-full object-contain" />
        {image.maskUrl && (outline || hovered || selected) ? <MaskOutline url={image.maskUrl} /> : null}
        <span
          className={classes(
            'absolute bottom-1 left-1 max-w-[calc(100%-8px)] truncate rounded-sm bg-black/70 px-1 text-2xs text-white',
            !defective && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        >
          {image.label}
        </span>
      </button>
      {chosen === null ? null : (
        <button
          type="button"
          role="checkbox"
          aria-checked={chosen}
          aria-label={`Choose ${image.name}`}
          onClick={(event) => onChoose(image.id, event.shiftKey)}
          className={classes(
            'absolute top-1 left-1 flex size-5 items-center justify-center rounded-sm border text-white',
            chosen ? 'border-transparent bg-accent-fill text-on-accent' : 'border-white/80 bg-black/50',
            !chosen && !choosing && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
          )}
        >
          {chosen ? <Check className="size-4" /> : null}
        </button>
      )}
    </div>
  );
}
