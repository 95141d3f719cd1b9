'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, type RefObject } from 'react';

const positions = new Map<string, number>();
/** True from "back" or "forward" until the page has changed. */
let returning = false;
if (typeof window !== 'undefined') window.addEventListener('popstate', () => (returning = true));

/** Keeps the scroll of the page's own scroller: "back" returns to it (once the content is tall enough, within a second), links start at the top. */
export function useScrollMemory(): RefObject<HTMLElement | null> {
  const scroller = useRef<HTMLElement>(null);
  const pathname = usePathname();
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wanted = returning ? (positions.get(pathname) ?? 0) : 0;
    returning = false;
    const until = performance.now() + 1_000;
    let frame = 0;
    const settle = () => {
      element.scrollTop = wanted;
      if (element.scrollTop < wanted - 1 && performance.now() < until) frame = requestAnimationFrame(settle);
      else element.addEventListener('scroll', remember, { passive: true });
    };
    const remember = () => positions.set(pathname, element.scrollTop);
    settle();
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', remember);
    };
  }, [pathname]);
  return scroller;
}
