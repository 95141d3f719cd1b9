'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';

/** A row of controls that scrolls sideways where it is too wide; a fading edge with an arrow says that there is more, and goes there. */
export function ScrollRow({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const row = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState({ left: false, right: false });
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const measure = () => {
      const left = element.scrollLeft > 1;
      const right = element.scrollLeft + element.clientWidth < element.scrollWidth - 1;
      setMore((known) => (known.left === left && known.right === right ? known : { left, right }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const go = (by: -1 | 1) => row.current?.scrollBy({ left: by * row.current.clientWidth * 0.7 });
  return (
    <div className="relative min-w-0">
      <div ref={row} className={classes('scroll-smooth overflow-x-auto [scrollbar-width:none]', className)}>
        {children}
      </div>
      {more.left ? <Edge side="left" label={`Back in ${label}`} onClick={() => go(-1)} /> : null}
      {more.right ? <Edge side="right" label={`More of ${label}`} onClick={() => go(1)} /> : null}
    </div>
  );
}

function Edge({ side, label, onClick }: { side: 'left' | 'right'; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={classes(
        'absolute inset-y-0 flex w-10 items-center from-surface via-surface/90 to-transparent text-ink-2 [&>svg]:size-4',
        side === 'left' ? 'left-0 justify-start bg-linear-to-r' : 'right-0 justify-end bg-linear-to-l',
      )}
    >
      {side === 'left' ? <ChevronLeft /> : <ChevronRight />}
    </button>
  );
}
