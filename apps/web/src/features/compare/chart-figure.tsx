'use client';

import { inScheme } from '@plumbline/ml/figures';
import { useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { FigureMenu } from '#web/features/evaluation/charts/figure-menu.tsx';

export interface ChartFigureProps {
  /** An SVG document of packages/ml/figures. */
  readonly svg: string;
  /** Words of the file's name. */
  readonly name: readonly string[];
  /** Lies over the figure: what can be dragged or pointed at. */
  readonly children?: ReactNode;
  readonly note?: ReactNode;
}

/** How small a figure may become; on a narrow screen it scrolls sideways rather than have words that nobody can read. */
const SMALLEST = 0.75;

/** A figure in the colours of the page, to be taken away as SVG or PNG. */
export function ChartFigure({ svg, name, children, note }: ChartFigureProps) {
  const dark = useTheme().resolvedTheme === 'dark';
  const drawn = inScheme(svg, dark ? 'dark' : 'light');
  const minWidth = SMALLEST * Number(/\bwidth="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  return (
    <figure className="flex min-w-0 flex-col rounded-md border bg-panel p-3">
      <div className="overflow-x-auto">
        <div className="relative" style={{ minWidth }}>
          {/* Text of our own library, which escapes every name in it. */}
          <div className="[&>svg]:h-auto [&>svg]:w-full" dangerouslySetInnerHTML={{ __html: drawn }} />
          {children}
        </div>
      </div>
      <figcaption className="mt-2 flex items-start justify-between gap-3 text-xs text-ink-3">
        <span>{note}</span>
        <FigureMenu svg={() => svg} name={name} />
      </figcaption>
    </figure>
  );
}
