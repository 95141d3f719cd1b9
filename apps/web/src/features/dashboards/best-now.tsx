'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { projectStandingsDocument } from './documents.ts';
import { RankingChoice, useRanking } from './ranking-choice.tsx';
import { StandingList, StandingsSkeleton } from './standing-list.tsx';

/** The best variant on each dataset of the project, live. */
export function BestNow() {
  const project = useProject();
  const ranking = useRanking();
  const { data, previousData, error, refetch } = useQuery(projectStandingsDocument, { variables: { projectId: project.id, ...ranking } });
  useProjectChanges(['evaluation', 'project'], () => void refetch());
  const base = `/projects/${project.id}`;
  const standings = (data ?? previousData)?.project?.standings;
  return (
    <Section
      title="Best now"
      actions={
        <span className="flex flex-wrap items-center justify-end gap-3">
          <RankingChoice {...ranking} />
          <Link href={`${base}/evaluations`} className="text-xs whitespace-nowrap text-accent-ink hover:underline">
            All evaluations
          </Link>
        </span>
      }
    >
      {error && !standings ? (
        <ErrorState title="The best variants could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !standings ? (
        <StandingsSkeleton rows={2} />
      ) : standings.length === 0 ? (
        <p className="rounded-md border bg-panel px-4 py-3 text-ink-2">
          No evaluation of a test split has this number yet; it needs good and defective test images.
        </p>
      ) : (
        <StandingList standings={standings} metric={ranking.metric} base={base} />
      )}
    </Section>
  );
}
