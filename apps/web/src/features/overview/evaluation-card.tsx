'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { MaskOutline } from '#web/features/datasets/mask-outline.tsx';
import { valueAt } from '#web/features/recipes/recipe-document.ts';
import type { OverviewQuery } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { fixed } from '#web/lib/numbers.ts';
import { worstMissesDocument } from './documents.ts';
import { worstMisses } from './misses.ts';

export type FinishedRun = NonNullable<OverviewQuery['project']>['finished']['edges'][number] extends infer Edge
  ? NonNullable<NonNullable<Edge>['node' & keyof NonNullable<Edge>]>
  : never;
type Evaluation = FinishedRun['evaluations'][number];

function numberAt(document: unknown, path: string): number | null {
  const value = valueAt(document, path);
  return typeof value === 'number' ? value : null;
}

/** How good the model is in three numbers, and the defects it sees least. */
export function EvaluationCard({ run, evaluation, base }: { run: FinishedRun; evaluation: Evaluation; base: string }) {
  const done = evaluation.state === 'succeeded';
  const figures = [
    { name: 'Image ROC AUC', value: numberAt(evaluation.metrics, 'measures.ssim.image.rocAuc') },
    { name: 'Pixel ROC AUC', value: numberAt(evaluation.metrics, 'measures.ssim.pixel.rocAuc') },
    { name: 'AUPRO 0.3', value: numberAt(evaluation.metrics, 'measures.ssim.pixel.aupro30') },
  ];
  return (
    <li className="relative flex flex-col gap-3 rounded-md border bg-panel px-4 py-3 hover:bg-hover">
      <p className="flex items-center justify-between gap-3">
        <Link href={`${base}/evaluations/${evaluation.id}`} className="truncate font-medium after:absolute after:inset-0">
          {run.variant.name} on {run.datasetVersion.dataset.name}
          <span className="font-normal text-ink-3">, seed {run.seed}</span>
        </Link>
        {done ? (
          <RelativeTime at={evaluation.finishedAt} className="relative z-10 text-xs whitespace-nowrap text-ink-3" />
        ) : (
          <StateBadge state={evaluation.state} />
        )}
      </p>
      {done ? (
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
          <dl className="flex gap-6">
            {figures.map(({ name, value }) => (
              <div key={name}>
                <dt className="text-xs whitespace-nowrap text-ink-3">{name}</dt>
                <dd className="text-lg">{fixed(value, 3)}</dd>
              </div>
            ))}
          </dl>
          <WorstMisses evaluationId={evaluation.id} threshold={numberAt(evaluation.thresholds, 'ssim.image')} />
        </div>
      ) : (
        <Progress label="Evaluation" value={evaluation.total > 0 ? evaluation.done / evaluation.total : null} />
      )}
    </li>
  );
}

function WorstMisses({ evaluationId, threshold }: { evaluationId: string; threshold: number | null }) {
  const { data } = useQuery(worstMissesDocument, { variables: { id: evaluationId }, fetchPolicy: 'cache-first' });
  if (!data) return <Skeleton className="h-16 w-68" />;
  const images = nodes(data.evaluation?.reconstructions).map((one) => ({
    ...one.image,
    score: one.residualMaps.find((map) => map.measure === 'ssim')?.score ?? null,
  }));
  const worst = worstMisses(images, threshold, 5);
  // The hundred lowest scores were asked for.
  if (worst.length === 0) return <p className="text-xs text-ink-3">No defect is among the {images.length} lowest scores.</p>;
  const missed = worst.filter((image) => image.missed).length;
  return (
    <div>
      <p className="mb-1 text-xs text-ink-3">{missed > 0 ? 'Least seen defects, ▲ missed at the threshold' : 'Least seen defects'}</p>
      <ul className="flex gap-1">
        {worst.map((image) => (
          <li
            key={image.id}
            className="relative size-12 overflow-hidden rounded-sm bg-well"
            title={`${image.label}, score ${fixed(image.score, 3)}${image.missed ? ', missed' : ''}`}
          >
            <img src={image.thumbnailUrl} alt={`${image.name}, ${image.label}`} loading="lazy" className="size-full object-contain" />
            {image.maskUrl ? <MaskOutline url={image.maskUrl} /> : null}
            {image.missed ? (
              <span className="absolute right-0.5 bottom-0.5 rounded-sm bg-black/70 px-0.5 text-2xs leading-3 text-white">▲</span>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
