'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { EvaluatedImage } from '../data/images.ts';
import type { ResidualStore } from '../maps/residual-store.ts';
import { CAPTION, GAP, gridLayout, MARKS, moveBy } from './layout.ts';
import { Thumb, type ThumbLook } from './thumb.tsx';

interface ImageGridProps {
  readonly images: readonly EvaluatedImage[];
  readonly look: ThumbLook;
  readonly store: ResidualStore;
  /** Side of a cell in CSS pixels. */
  readonly cell: number;
  readonly selected: string | null;
  readonly label: string;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

function scrollParent(element: HTMLElement | null): HTMLElement | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}

/** All images of the evaluations, as many as there are: only the visible rows exist. One focus stop; arrows, j/k, Home/End and pages move the selection. */
export const ImageGrid = memo(function ImageGrid({ images, look, store, cell, selected, label, onSelect, onOpen }: ImageGridProps) {
  const host = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ width: 0, top: 0, bar: 0 });
  const first = images[0];
  const measured = first?.variants.find((variant) => variant !== null);
  const aspect = measured ? measured.networkWidth / measured.networkHeight : 1;
  const { columns, rows, cellHeight } = gridLayout(
    images.length,
    place.width,
    cell,
    aspect,
    look.others.length > 0 ? CAPTION + MARKS : CAPTION,
  );

  useLayoutEffect(() => {
    const element = host.current;
    const scroller = scrollParent(element);
    if (!element || !scroller) return;
    const measure = (): void => {
      const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
      const bar = (element.previousElementSibling as HTMLElement | null)?.offsetHeight ?? 0;
      setPlace((last) => {
        const next = { width: element.clientWidth, top, bar };
        return last.width === next.width && last.top === next.top && last.bar === next.bar ? last : next;
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (scroller.firstElementChild) observer.observe(scroller.firstElementChild);
    return () => observer.disconnect();
  }, []);

  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scrollParent(host.current),
    estimateSize: () => cellHeight + GAP,
    overscan: 2,
    scrollMargin: place.top,
    scrollPaddingStart: place.bar + GAP,
    scrollPaddingEnd: GAP,
    enabled: place.width > 0,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, cellHeight, columns]);

  const index = selected ? images.findIndex((image) => image.id === selected) : -1;
  const row = index < 0 ? -1 : Math.floor(index / columns);
  const ready = place.width > 0;
  // A selection that came with the address, or that the opened image moved, is brought into sight; a filter change alone does not scroll.
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!ready || row < 0 || shown.current === selected) return;
    shown.current = selected;
    virtual.scrollToIndex(row, { align: 'auto' });
  }, [ready, row, selected, virtual]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.key === 'Enter' || event.key === ' ') && selected) {
      event.preventDefault();
      onOpen(selected);
      return;
    }
    const visible = scrollParent(host.current)?.clientHeight ?? 600;
    const next = moveBy(event.key, index, images.length, columns, Math.max(1, Math.floor(visible / (cellHeight + GAP)) - 1));
    const image = next === null ? undefined : images[next];
    if (!image) return;
    event.preventDefault();
    onSelect(image.id);
  };

  const items = virtual.getVirtualItems();
  // Scrolled out of sight, the selected one is no element that could be named.
  const active = items.some((item) => item.index === row) ? `thumb-${selected}` : undefined;
  return (
    <div
      ref={host}
      role="listbox"
      aria-label={label}
      aria-activedescendant={active}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="relative rounded-sm outline-offset-4"
      style={{ height: ready ? virtual.getTotalSize() : 400 }}
    >
      {ready &&
        items.map((item) => (
          <div
            key={item.key}
            role="presentation"
            className="absolute inset-x-0 grid"
            style={{
              transform: `translateY(${item.start - place.top}px)`,
              height: cellHeight,
              gap: GAP,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {images.slice(item.index * columns, (item.index + 1) * columns).map((image, k) => (
              <Thumb
                key={image.id}
                image={image}
                look={look}
                store={store}
                position={item.index * columns + k + 1}
                total={images.length}
                selected={image.id === selected}
                onOpen={onOpen}
              />
            ))}
          </div>
        ))}
    </div>
  );
});
