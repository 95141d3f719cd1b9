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
        <FactLink href={`${base}/datasets/${dataset.id}`}>{dataset.name}</FactLink>, version {run.datasetVersion.number}
      </Fact>
      <Fact name="Images">{run.datasetVersion.imageCount}</Fact>
      <Fact name="Recipe">
        <span className="inline-flex flex-wrap items-center justify-end gap-1.5">
          <FactLink href={`${base}/recipes?recipe=${encodeURIComponent(run.recipe.name)}`}>{run.recipe.name}</FactLink>
          <HashChip hash={run.recipe.hash} label="recipe hash" />
        </span>
      </Fact>
      {run.experiment ? (
        <Fact name="Experiment">
          <FactLink href={`${base}/experiments/${run.experiment.id}`}>{run.experiment.name}</FactLink>
        </Fact>
      ) : null}
      {run.orientationRun ? (
        <Fact name="Localisation network">
          <FactLink href={`${base}/runs/${run.orientationRun.id}`}>
            {run.orientationRun.state === 'succeeded' ? 'trained in another run' : `waits for another run, ${run.orientationRun.state}`}
          </FactLink>
        </Fact>
      ) : null}
      {run.continues ? (
        <Fact name="Continues">
          <FactLink href={`${base}/runs/${run.continues.id}`}>a run that failed</FactLink>
        </Fact>
      ) : null}
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

function FactLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link href={href} className="text-accent-ink underline decoration-line-strong underline-offset-2 hover:decoration-current">
      {children}
    </Link>
  );
}
