'use client';

import { useQuery } from '@apollo/client/react';
import { UsersRound } from 'lucide-react';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { MaskOutlineFilter } from '#web/features/datasets/mask-outline.tsx';
import { RunningCard } from '#web/features/overview/running-card.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { count } from '#web/lib/numbers.ts';
import { ActivityList } from './activity-list.tsx';
import { teamStandingsDocument, teamWorkDocument } from './documents.ts';
import { RankingChoice, useRanking } from './ranking-choice.tsx';
import { StandingList, StandingsSkeleton } from './standing-list.tsx';
import { useTeamChanges } from './use-team-changes.ts';

/** A team at a glance: the best variant on each class of every project, what trains now, what changed. */
export function TeamPage({ teamId }: { teamId: string }) {
  const ranking = useRanking();
  const standings = useQuery(teamStandingsDocument, { variables: { teamId, ...ranking } });
  const work = useQuery(teamWorkDocument, { variables: { teamId } });
  const found = (standings.data ?? standings.previousData)?.node;
  const team = found?.__typename === 'Team' ? found : null;
  const doing = work.data?.node?.__typename === 'Team' ? work.data.node : null;
  useBreadcrumb({ label: team?.name ?? 'Team' });
  useTeamChanges(
    (team?.projects ?? []).map(({ id }) => id),
    (kinds) => {
      // A run that goes on changes what is under way, and no standing.
      if (['evaluation', 'project', 'returned'].some((kind) => kinds.has(kind))) void standings.refetch();
      void work.refetch();
    },
  );
  const failure = standings.error ?? work.error;

  if (failure && !team)
    return (
      <Page>
        <ErrorState
          whole
          title="The team could not be loaded"
          reason={sentenceOf(failure)}
          onRetry={() => {
            void standings.refetch();
            void work.refetch();
          }}
        />
      </Page>
    );
  if (standings.data && !team)
    return (
      <Page narrow>
        <EmptyState whole icon={<UsersRound />} title="No such team" action={<ButtonLink href="/">Go to your projects</ButtonLink>}>
          It may have been removed, or you are not a member of it.
        </EmptyState>
      </Page>
    );
  const running = nodes(doing?.trainingRuns);
  const entries = nodes(doing?.activityPage);
  const projects = [...(team?.projects ?? [])].sort((a, b) => Number(b.standings.length > 0) - Number(a.standings.length > 0));

  return (
    <Page>
      <MaskOutlineFilter />
      <PageHeader title={team?.name ?? <Skeleton className="h-7 w-48" />} actions={<RankingChoice {...ranking} />}>
        The best variant on each class, under the protocol that most evaluations of its newest version have.
      </PageHeader>
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          {running.length > 0 ? (
            <Section title="Training now">
              <ul className="flex flex-col gap-2">
                {running.map((run) => (
                  <RunningCard key={run.id} run={run} base={`/projects/${run.project.id}`} />
                ))}
              </ul>
              {doing && doing.trainingRuns.totalCount > running.length ? (
                <p className="text-xs text-ink-3">{count(doing.trainingRuns.totalCount - running.length)} more wait or run.</p>
              ) : null}
            </Section>
          ) : null}
          {team ? (
            projects.map((project) => (
              <Section
                key={project.id}
                title={
                  <Link href={`/projects/${project.id}`} className="rounded-sm hover:underline">
                    {project.name}
                  </Link>
                }
              >
                {project.standings.length > 0 ? (
                  <StandingList standings={project.standings} metric={ranking.metric} base={`/projects/${project.id}`} />
                ) : (
                  <p className="rounded-md border bg-panel px-4 py-3 text-ink-3">Nothing is evaluated here by this number yet.</p>
                )}
              </Section>
            ))
          ) : (
            <StandingsSkeleton rows={3} />
          )}
          {team?.projects.length === 0 ? (
            <EmptyState title="No project yet" action={<ButtonLink href="/">Go to your projects</ButtonLink>}>
              A project is one inspection problem: its datasets, trainings and evaluations.
            </EmptyState>
          ) : null}
        </div>
        {doing ? (
          entries.length > 0 ? (
            <Section title="What changed">
              <ActivityList entries={entries} withProject={(team?.projects.length ?? 0) > 1} />
            </Section>
          ) : null
        ) : (
          <Skeleton className="h-64 rounded-md" />
        )}
      </div>
    </Page>
  );
}
