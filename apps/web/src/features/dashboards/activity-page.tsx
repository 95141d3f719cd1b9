'use client';

import { useQuery } from '@apollo/client/react';
import { History } from 'lucide-react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { ActivityList } from './activity-list.tsx';
import { activityPageDocument } from './documents.ts';

const pageSize = 50;

const kinds = [
  { value: 'all', label: 'All' },
  { value: 'run', label: 'Trainings' },
  { value: 'evaluation', label: 'Evaluations' },
  { value: 'import', label: 'Imports' },
] as const;
const anybody = '*';

/** Everything that happened in the project, by kind and person. */
export function ActivityPage() {
  const project = useProject();
  const query = useQueryState();
  useBreadcrumb({ label: 'Activity' });
  const kind = kinds.find(({ value }) => value === query.get('kind'))?.value ?? 'all';
  const personId = query.get('person');
  const variables = { projectId: project.id, first: pageSize, kinds: kind === 'all' ? null : [kind], personId };
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(activityPageDocument, { variables });
  const found = (data ?? previousData)?.project;
  const connection = found?.activityPage;
  useProjectChanges(['run', 'evaluation', 'import'], () => rereadShown(refetch, connection, pageSize));
  const entries = connection && nodes(connection);
  return (
    <Page narrow>
      <PageHeader title="Activity">Trainings, evaluations and imports, the latest change first.</PageHeader>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Kind"
          value={kind}
          onValueChange={(value) => query.set({ kind: value === 'all' ? null : value })}
          options={kinds}
          className="max-w-full overflow-x-auto"
        />
        <Select
          label="Person"
          className="w-44!"
          value={personId ?? anybody}
          onValueChange={(value) => query.set({ person: value === anybody ? null : value })}
          options={[
            { value: anybody, label: 'Everybody' },
            ...(found?.activityPeople ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {connection ? <span className="text-xs text-ink-3">{plural(connection.totalCount, 'entry', 'entries')}</span> : null}
      </div>
      {error && !entries ? (
        <ErrorState title="The activity could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !entries ? (
        <div className="flex flex-col gap-2" aria-busy="true" aria-label="Loading the activity">
          {Array.from({ length: 8 }, (_, row) => (
            <Skeleton key={row} className="h-12" />
          ))}
        </div>
      ) : entries.length > 0 ? (
        <ActivityList entries={entries} />
      ) : kind === 'all' && personId === null ? (
        <EmptyState icon={<History />} title="Nothing happened yet">
          Imports, trainings and evaluations are listed here as they come.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<History />}
          title="Nothing in this selection"
          action={<Button onClick={() => query.set({ kind: null, person: null })}>Show everything</Button>}
        />
      )}
      <ShowMore connection={connection} busy={loading} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
