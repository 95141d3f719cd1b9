'use client';

import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Marked } from '../data/scatter.ts';

export interface BrushProps {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly marked: Marked | null;
  /** While dragging nothing is told; null when the mark is taken away. */
  readonly onMark: (marked: Marked | null) => void;
}

/** The plotting area inside the figure that lies under the brush, in shares of the figure's size. */
interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function areaOf(overlay: HTMLElement): Area | null {
  const outer = overlay.parentElement?.querySelector('svg');
  const inner = outer?.querySelector('svg');
  if (!outer || !inner) return null;
  const { width, height } = outer.viewBox.baseVal;
  const { x, y } = { x: inner.x.baseVal.value, y: inner.y.baseVal.value };
  return { left: x / width, top: y / height, width: inner.width.baseVal.value / width, height: inner.height.baseVal.value / height };
}

const percent = (share: number): string => `${100 * share}%`;
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Marks a box on a figure by dragging, or by arrows (with shift: its size); Escape takes it away. */
export function Brush({ x, y, marked, onMark }: BrushProps) {
  const overlay = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState<Area | null>(null);
  const [drag, setDrag] = useState<{ from: [number, number]; to: [number, number] } | null>(null);
  useEffect(() => {
    if (overlay.current) setArea(areaOf(overlay.current));
  }, [x, y]);

  /** Where the pointer is, as shares of the plotting area from its lower left corner. */
  const placeOf = (event: PointerEvent<HTMLDivElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width), clamp(1 - (event.clientY - box.top) / box.height)];
  };
  const shareOf = ([a0, a1, b0, b1]: Marked): { from: [number, number]; to: [number, number] } => {
    const along = (value: number, [from, to]: readonly [number, number]) => clamp((value - from) / (to - from));
    return { from: [along(a0, x), along(b0, y)], to: [along(a1, x), along(b1, y)] };
  };
  const tell = (from: readonly [number, number], to: readonly [number, number]): void => {
    const at = (share: number, [low, high]: readonly [number, number]) => low + share * (high - low);
    const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
    const [bottom, top] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    if (right - left < 0.005 && top - bottom < 0.005) return onMark(null);
    onMark([at(left, x), at(right, x), at(bottom, y), at(top, y)]);
  };

  function press(event: KeyboardEvent): void {
    if (event.key === 'Escape' && marked) {
      onMark(null);
      return;
    }
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const { from, to } = marked ? shareOf(marked) : { from: [0.7, 0.7] as const, to: [1, 1] as const };
    const [dx, dy] = [0.04 * step[0]!, 0.04 * step[1]!];
    if (!marked) tell(from, to);
    else if (event.shiftKey) tell(from, [clamp(Math.max(to[0] + dx, from[0] + 0.02)), clamp(Math.max(to[1] + dy, from[1] + 0.02))]);
    else {
      const [mx, my] = [Math.max(-from[0], Math.min(dx, 1 - to[0])), Math.max(-from[1], Math.min(dy, 1 - to[1]))];
      tell([from[0] + mx, from[1] + my], [to[0] + mx, to[1] + my]);
    }
  }

  const shown = drag ?? (marked ? shareOf(marked) : null);
  return (
    <div ref={overlay} className="pointer-events-none absolute inset-0">
      {area ? (
        <div
          role="application"
          aria-label="Mark images by their scores: drag a box, or use the arrow keys, with shift for its size; Escape takes it away"
          tabIndex={0}
          className="pointer-events-auto absolute cursor-crosshair touch-none"
          style={{ left: percent(area.left), top: percent(area.top), width: percent(area.width), height: percent(area.height) }}
          onKeyDown={press}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            const at = placeOf(event);
            setDrag({ from: at, to: at });
          }}
          onPointerMove={(event) => {
            if (!drag) return;
            setDrag({ from: drag.from, to: placeOf(event) });
          }}
          onPointerUp={() => {
            if (drag) tell(drag.from, drag.to);
            setDrag(null);
          }}
          onPointerCancel={() => setDrag(null)}
        >
          {shown ? (
            <div
              className="absolute border border-accent bg-accent-wash"
              style={{
                left: percent(Math.min(shown.from[0], shown.to[0])),
                bottom: percent(Math.min(shown.from[1], shown.to[1])),
                width: percent(Math.abs(shown.to[0] - shown.from[0])),
                height: percent(Math.abs(shown.to[1] - shown.from[1])),
              }}
            />
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
