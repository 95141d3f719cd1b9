import Link from 'next/link';
import { HashChip } from '#web/components/ui/copy.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Fact } from '#web/components/ui/sheet.tsx';
import type { RunQuery } from '#web/graphql/generated/graphql.ts';
import { engineInWords, engineReason } from './engine-words.ts';

type Run = NonNullable<RunQuery['trainingRun']>;

/** What the run's numbers depend on. */
export function RunFacts({ run }: { run: Run }) {
  const base = `/projects/${run.project.id}`;
  const { dataset } = run.datasetVersion;
  const reason = engineReason(run.engine);
  return (
    <dl className="divide-y divide-line rounded-md border bg-panel px-3 py-1">
      <Fact name="Dataset">
        <Link
          href={`${base}/datasets/${dataset.id}`}
          className="text-accent-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          {dataset.name}
        </Link>
        , version {run.datasetVersion.number}
      </Fact>
      <Fact name="Images">{run.datasetVersion.imageCount}</Fact>
      <Fact name="Recipe">
        <span className="inline-flex flex-wrap items-center justify-end gap-1.5">
          <Link
            href={`${base}/recipes?recipe=${encodeURIComponent(run.recipe.name)}`}
            className="text-accent-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {run.recipe.name}
          </Link>
          <HashChip hash={run.recipe.hash} label="recipe hash" />
        </span>
      </Fact>
      <Fact name="Seed">{run.seed}</Fact>
      <Fact name="Attempt">{run.attempt === 0 ? '–' : run.attempt}</Fact>
      <Fact name="Engine">{engineInWords(run.engine)}</Fact>
      {reason ? <p className="py-1.5 text-xs text-warn">{reason}</p> : null}
      <Fact name="Worker">{run.worker?.name ?? '–'}</Fact>
      <Fact name="Started by">{run.createdBy?.name ?? 'Plumbline'}</Fact>
      <Fact name="Queued">
        <RelativeTime at={run.createdAt} />
      </Fact>
      <Fact name="Started">
        <RelativeTime at={run.startedAt} />
      </Fact>
      <Fact name="Finished">
        <RelativeTime at={run.finishedAt} />
      </Fact>
      {run.checkpoints.map((checkpoint) => (
        <Fact key={checkpoint.id} name={`Checkpoint, ${checkpoint.kind}`}>
          epoch {checkpoint.epoch}
        </Fact>
      ))}
    </dl>
  );
}
