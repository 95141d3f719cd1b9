'use client';

import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { useQueryState } from '#web/lib/query-state.ts';
import { filmOf, type Film } from '#web/features/runs/film.ts';
import { Frame } from '#web/features/runs/filmstrip.tsx';
import type { ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import type { MatrixBlock } from './cells.ts';
import { runPreviewsDocument } from './documents.ts';

export interface VariantFilmProps {
  readonly block: MatrixBlock<ExperimentRunFragment>;
  readonly seeds: readonly number[];
}

/** One held-out image as each variant draws it, epoch after epoch, from one seed. */
export function VariantFilm({ block, seeds }: VariantFilmProps) {
  const query = useQueryState();
  const seed = seeds.find((one) => String(one) === query.get('seed')) ?? seeds[0];
  const [films, setFilms] = useState<ReadonlyMap<string, Film>>(new Map());
  const keep = useCallback((id: string, film: Film) => setFilms((known) => new Map(known).set(id, film)), []);
  const rows = block.rows.flatMap((row) => {
    const run = seed === undefined ? undefined : row.bySeed.get(seed)?.run;
    return run ? [{ row, run }] : [];
  });
  const shown = rows.flatMap(({ run }) => films.get(run.id) ?? []);
  const images = [...new Set(shown.flatMap((film) => film.rows.map(({ imageId }) => imageId)))].sort();
  const image = images.find((one) => one === query.get('image')) ?? images[0];
  const input = shown.flatMap((film) => film.rows).find((row) => row.imageId === image && row.input !== null)?.input ?? null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        {images.length > 1 ? (
          <Segmented
            label="Image"
            value={image ?? ''}
            onValueChange={(value) => query.set({ image: value })}
            options={images.map((one, index) => ({ value: one, label: <span title={one}>image {index + 1}</span> }))}
          />
        ) : null}
        {seeds.length > 1 ? (
          <Select
            label="Seed"
            className="w-28!"
            value={String(seed)}
            onValueChange={(value) => query.set({ seed: value })}
            options={seeds.map((one) => ({ value: String(one), label: `seed ${one}` }))}
          />
        ) : null}
        {image ? <span className="truncate font-mono text-2xs text-ink-3">{image}</span> : null}
      </div>
      <div className="flex overflow-hidden rounded-md border bg-panel text-2xs">
        <div className="shrink-0 border-r p-2">
          <p className="mb-1 text-ink-2">input</p>
          {input ? <Frame url={input} alt={`${image ?? ''}, input`} /> : <span className="block size-24 rounded-sm bg-well" />}
        </div>
        <ul className="min-w-0 flex-1 divide-y divide-line">
          {rows.map(({ row, run }) => (
            <Strip key={run.id} name={row.variant.name} run={run} image={image} onFilm={keep} />
          ))}
        </ul>
      </div>
    </div>
  );
}

interface StripProps {
  readonly name: string;
  readonly run: ExperimentRunFragment;
  readonly image: string | undefined;
  readonly onFilm: (runId: string, film: Film) => void;
}

function Strip({ name, run, image, onFilm }: StripProps) {
  const { data, refetch } = useQuery(runPreviewsDocument, { variables: { id: run.id }, fetchPolicy: 'no-cache' });
  const previews = data?.trainingRun?.previews;
  const film = useMemo(() => filmOf(previews ?? []), [previews]);
  useEffect(() => {
    if (previews) onFilm(run.id, film);
  }, [previews, film, run.id, onFilm]);
  // The query itself asks for the epoch of the first drawing.
  const asked = useRef(run.epoch);
  useEffect(() => {
    if (run.epoch === asked.current) return;
    asked.current = run.epoch;
    void refetch();
  }, [run.epoch, refetch]);
  const row = film.rows.find(({ imageId }) => imageId === image) ?? film.rows[0];
  return (
    <li className="p-2">
      <p className="mb-1 text-ink-2">{name}</p>
      {row && row.byEpoch.size > 0 ? (
        <ol aria-label={`Reconstructions of ${name} by epoch`} tabIndex={0} className="flex gap-1.5 overflow-x-auto pb-1">
          {[...row.byEpoch].map(([epoch, url]) => (
            <li key={epoch} className="shrink-0">
              <Frame url={url} alt={`${row.imageId}, ${name}, epoch ${epoch}`} />
              <span className="text-ink-3">epoch {epoch}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="flex h-24 items-center text-ink-3">
          {run.state === 'queued' ? 'It waits.' : 'The first reconstructions come with the first epoch.'}
        </p>
      )}
    </li>
  );
}
