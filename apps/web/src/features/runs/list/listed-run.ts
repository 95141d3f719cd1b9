import type { RunsQuery } from '#web/graphql/generated/graphql.ts';

/** A run as the list shows it. */
export type ListedRun = NonNullable<RunsQuery['project']>['trainingRuns']['edges'][number]['node'];
