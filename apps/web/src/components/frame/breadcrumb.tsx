'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { createContext, Fragment, useContext, useEffect, useState, type Dispatch, type ReactNode, type SetStateAction } from 'react';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

const TrailContext = createContext<readonly Crumb[]>([]);
const SetTrailContext = createContext<Dispatch<SetStateAction<readonly Crumb[]>> | null>(null);

export function BreadcrumbProvider({ children }: { children: ReactNode }) {
  const [trail, setTrail] = useState<readonly Crumb[]>([]);
  return (
    <SetTrailContext.Provider value={setTrail}>
      <TrailContext.Provider value={trail}>{children}</TrailContext.Provider>
    </SetTrailContext.Provider>
  );
}

/** Says where the page is: after the project in the top bar, and as the window's title (last part first). */
export function useBreadcrumb(...trail: readonly Crumb[]): void {
  const set = useContext(SetTrailContext);
  const key = JSON.stringify(trail);
  useEffect(() => {
    const parsed = JSON.parse(key) as Crumb[];
    set?.(parsed);
    const labels = parsed.map((crumb) => crumb.label).reverse();
    const title = [...labels, 'Plumbline'].join(' · ');
    const write = () => {
      if (document.title !== title) document.title = title;
    };
    write();
    // The title that the server streams for the route can come after this one and would replace it.
    const streamed = new MutationObserver(write);
    streamed.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => {
      streamed.disconnect();
      set?.([]);
    };
  }, [key, set]);
}

export function Breadcrumb() {
  const trail = useContext(TrailContext);
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1 text-sm">
      {trail.map((crumb, index) => (
        <Fragment key={index}>
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          {crumb.href && index < trail.length - 1 ? (
            <Link href={crumb.href} className="truncate rounded-sm px-1 text-ink-2 hover:bg-hover hover:text-ink">
              {crumb.label}
            </Link>
          ) : (
            <span aria-current={index === trail.length - 1 ? 'page' : undefined} className="truncate px-1">
              {crumb.label}
            </span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
