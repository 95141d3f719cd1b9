'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef, type RefObject } from 'react';

const positions = new Map<string, number>();
/** The page that "back" or "forward" leads to, until a page has opened. "Back" within a page names that page, which no link then opens. */
let returningTo: string | null = null;
if (typeof window !== 'undefined') window.addEventListener('popstate', () => (returningTo = window.location.pathname));

/** Keeps the scroll of the page's own scroller: "back" returns to it (once the content is tall enough, within a second), links start at the top. */
export function useScrollMemory(): RefObject<HTMLElement | null> {
  const scroller = useRef<HTMLElement>(null);
  const pathname = usePathname();
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wanted = returningTo === pathname ? (positions.get(pathname) ?? 0) : 0;
    returningTo = null;
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
