'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Inspector } from '#web/components/ui/sheet.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Banner, ErrorState } from '#web/components/ui/state.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import type { LeaksQuery } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { useReread } from '#web/graphql/use-reread.ts';
import { plural } from '#web/lib/numbers.ts';
import { splitCounts } from '../counts.ts';
import { effectNotes } from '../edit/effect-words.ts';
import { useImageEdit } from '../edit/use-image-edit.ts';
import { usePreview } from '../edit/use-preview.ts';
import { checkLeaksDocument, leaksDocument } from './documents.ts';

type Dataset = NonNullable<LeaksQuery['dataset']>;
type Pair = NonNullable<NonNullable<Dataset['leakPairs']>['edges']>[number]['node'];

const pageSize = 30;

/** Images that look alike or come from one source in two splits, side by side, and what takes them apart. */
export function LeaksInspector({
  datasetId,
  onOpen,
  onClose,
}: {
  datasetId: string;
  onOpen: (imageId: string) => void;
  onClose: () => void;
}) {
  const project = useProject();
  const { data, error, refetch, fetchMore } = useQuery(leaksDocument, { variables: { id: datasetId, first: pageSize } });
  useProjectChanges(['project'], () => void refetch());
  const dataset = data?.dataset;
  const looking = dataset?.leakCheck?.state === 'queued' || dataset?.leakCheck?.state === 'running';
  useReread(looking, refetch);
  const pairs = nodes(dataset?.leakPairs);
  return (
    <Inspector title="Leaks" onClose={onClose}>
      {error && !dataset ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} className="m-4" />
      ) : !dataset ? (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-32 w-full" />
          <Skeleton className="h-32 w-full" />
        </div>
      ) : (
        <>
          <div className="flex flex-col gap-3 border-b p-4">
            <p className="text-xs text-ink-2">
              What a model learnt from must not be what it is measured on. Pairs that look the same, or come from one source, and lie in two
              splits:
            </p>
            <CheckForm
              key={JSON.stringify([dataset.leakCheck?.distance, dataset.leakCheck?.sourcePattern])}
              datasetId={datasetId}
              check={dataset.leakCheck ?? null}
              canEdit={project.canEdit}
            />
            {dataset.leakCheck?.state === 'failed' ? <Banner tone="error">The last look could not be finished: look again.</Banner> : null}
            <p className="text-xs text-ink-2" role="status">
              {looking ? (
                'Comparing images …'
              ) : dataset.leakCheck?.finishedAt ? (
                <>
                  {pairs.length === 0 ? 'No pair' : plural(dataset.leakPairs.totalCount, 'pair')}, looked{' '}
                  <RelativeTime at={dataset.leakCheck.finishedAt} />
                </>
              ) : (
                'Not looked for yet.'
              )}
            </p>
          </div>
          {project.canEdit && pairs.length > 0 ? (
            <Remedy key={dataset.leakPairs.totalCount} datasetId={datasetId} training={splitCounts(dataset.counts).train} />
          ) : null}
          <ul aria-label="Pairs">
            {pairs.map((pair) => (
              <li key={`${pair.image.id} ${pair.other.id}`} className="border-b p-4 last:border-b-0">
                <PairOfImages pair={pair} onOpen={onOpen} />
              </li>
            ))}
          </ul>
          <ShowMore connection={dataset.leakPairs} size="small" className="m-4" onMore={(after) => fetchMore({ variables: { after } })} />
        </>
      )}
    </Inspector>
  );
}

function PairOfImages({ pair, onOpen }: { pair: Pair; onOpen: (imageId: string) => void }) {
  return (
    <>
      <div className="grid grid-cols-2 gap-2">
        {[pair.image, pair.other].map((image) => (
          <button
            key={image.id}
            type="button"
            onClick={() => onOpen(image.id)}
            className="min-w-0 text-left"
            aria-label={`Open ${image.name}`}
          >
            <img src={image.thumbnailUrl} alt="" loading="lazy" className="aspect-square w-full rounded-sm bg-well object-contain" />
            <span className="mt-1 block text-xs font-medium">
              {image.split}
              <span className="font-normal text-ink-2"> · {image.label}</span>
            </span>
            <span className="block truncate text-xs text-ink-2">{image.name}</span>
          </button>
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-3">
        {pair.source ? `Both from ${pair.source}` : pair.distance === 0 ? 'Look the same' : `Differ in ${pair.distance ?? 0} of 64 bits`}
      </p>
    </>
  );
}

/** @param training images that are trained on now */
function Remedy({ datasetId, training }: { datasetId: string; training: number }) {
  const input = { datasetId, apartLeaks: true };
  const { effect, problem } = usePreview(input);
  const { edit, busy } = useImageEdit(datasetId);
  const empties = effect !== null && training > 0 && effect.moved >= training;
  return (
    <div className="flex flex-col gap-2 border-b p-4">
      <Button
        tone="primary"
        size="small"
        busy={busy}
        disabled={!effect || effect.changed === 0 || empties}
        onClick={() => void edit({ apartLeaks: true })}
      >
        {effect ? `Move ${plural(effect.moved, 'image')} to one side` : 'Move to one side'}
      </Button>
      <p className="text-xs text-ink-2">
        {problem ?? 'Images that belong together go to the side that is held out: test before validation before train.'}
      </p>
      {empties ? (
        <Banner tone="warning" title="Nothing would be left to learn from">
          All {plural(training, 'training image')} would move. Photographs of one part by one fixed camera look alike without being the
          same: look again with fewer bits, or say what a source is in the name.
        </Banner>
      ) : null}
      {effect
        ? effectNotes(effect).map((note) => (
            <p key={note} className="text-xs text-ink-2">
              {note}
            </p>
          ))
        : null}
    </div>
  );
}

function CheckForm({ datasetId, check, canEdit }: { datasetId: string; check: Dataset['leakCheck'] | null; canEdit: boolean }) {
  const [distance, setDistance] = useState(String(check?.distance ?? 3));
  const [pattern, setPattern] = useState(check?.sourcePattern ?? '');
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const [look, { loading }] = useMutation(checkLeaksDocument);
  async function submit() {
    const bits = Number(distance);
    if (distance.trim() === '' || !Number.isInteger(bits)) return setIssues({ distance: 'A whole number from 0 to 12.' });
    try {
      const { data } = await look({ variables: { input: { datasetId, distance: bits, sourcePattern: pattern.trim() || null } } });
      const result = data?.checkLeaks;
      const found = issuesOf(result);
      setIssues(result?.__typename === 'CheckLeaksSuccess' ? {} : Object.keys(found).length > 0 ? found : { distance: sentenceOf(result) });
    } catch (failure) {
      setIssues({ distance: sentenceOf(failure) });
    }
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label="Differ in at most, bits of 64"
        inputMode="numeric"
        value={distance}
        disabled={!canEdit}
        error={issues['distance']}
        onChange={(event) => setDistance(event.target.value)}
      />
      <TextField
        label="Source in the name"
        hint="Optional: {source}_* takes what stands before the first underscore."
        placeholder="{source}_*"
        value={pattern}
        disabled={!canEdit}
        error={issues['sourcePattern']}
        onChange={(event) => setPattern(event.target.value)}
      />
      {canEdit ? (
        <div>
          <Button size="small" type="submit" busy={loading}>
            Look again
          </Button>
        </div>
      ) : null}
    </form>
  );
}
