'use client';

import { useEffect, useRef } from 'react';
import { filmOf, type Preview } from './film.ts';

/** The same few images as their reconstructions improve: input first, then epoch after epoch; scrolls to the newest by itself. */
export function Filmstrip({ previews }: { previews: readonly Preview[] }) {
  const { epochs, rows } = filmOf(previews);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = epochs.at(-1);
  useEffect(() => {
    const element = scroller.current;
    if (element) element.scrollLeft = element.scrollWidth;
  }, [newest]);
  if (rows.length === 0)
    return (
      <p className="rounded-md border border-dashed px-3 py-6 text-center text-ink-3">
        The first reconstructions come with the first epoch.
      </p>
    );
  return (
    <div ref={scroller} className="overflow-x-auto rounded-md border bg-panel" tabIndex={0} aria-label="Reconstructions by epoch">
      <table className="border-collapse text-2xs">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-10 border-r bg-panel px-2 py-1.5 text-left font-medium text-ink-2">
              input
            </th>
            {epochs.map((epoch) => (
              <th key={epoch} scope="col" className="px-1 py-1.5 text-left font-normal whitespace-nowrap text-ink-3 first-of-type:pl-2">
                epoch {epoch}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.imageId}>
              <td className="sticky left-0 z-10 border-r bg-panel px-2 pb-2">
                {row.input ? <Frame url={row.input} alt={`${row.imageId}, input`} /> : <span className="block size-24" />}
              </td>
              {epochs.map((epoch) => {
                const url = row.byEpoch.get(epoch);
                return (
                  <td key={epoch} className="px-1 pb-2 first-of-type:pl-2">
                    {url ? <Frame url={url} alt={`${row.imageId}, epoch ${epoch}`} /> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One image of a film. */
export function Frame({ url, alt }: { url: string; alt: string }) {
  return <img src={url} alt={alt} loading="lazy" className="size-24 max-w-none rounded-sm bg-well object-cover" />;
}
