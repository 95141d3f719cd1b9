'use client';

import { useQuery } from '@apollo/client/react';
import { Download, FlaskConical, Play } from 'lucide-react';
import { useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { noSelection, toggled } from '#web/features/datasets/edit/selection.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { BulkBar } from './list/bulk-bar.tsx';
import { FilterRow } from './list/filter-row.tsx';
import { runChoicesDocument, runsDocument } from './list/list-documents.ts';
import { isFiltered, noFilters, orderChange, readListState, requestOf, viewChange, viewQuery } from './list/list-state.ts';
import { RunsTable } from './list/runs-table.tsx';
import { useCsv } from './list/use-csv.ts';
import { ViewsMenu } from './list/views-menu.tsx';

const pageSize = 50;

/** Every training of the project, filtered and ordered by the server; what is shown stands in the address. */
export function RunsPage() {
  const project = useProject();
  const query = useQueryState();
  useBreadcrumb({ label: 'Runs' });
  const state = readListState(query.get);
  const variables = { projectId: project.id, first: pageSize, ...requestOf(state) };
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(runsDocument, { variables });
  const choices = useQuery(runChoicesDocument, { variables: { projectId: project.id } });
  const csv = useCsv();
  const [chosen, setChosen] = useState(noSelection);
  const connection = (data ?? previousData)?.project?.trainingRuns;
  const reread = () => rereadShown(refetch, connection, pageSize);
  useProjectChanges(['run'], () => {
    reread();
    void choices.refetch();
  });
  const runs = connection && nodes(connection);
  // What is no longer listed is not acted on.
  const chosenRuns = (runs ?? []).filter(({ id }) => chosen.ids.has(id));
  const named = choices.data?.project;
  const start = project.canEdit ? (
    <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new`}>
      <Play /> New training
    </ButtonLink>
  ) : null;

  const ids = (runs ?? []).map(({ id }) => id);

  return (
    <Page>
      <PageHeader
        title="Runs"
        actions={
          <>
            <CopyLink compact />
            <ViewsMenu query={viewQuery(query.get)} onOpen={(kept) => query.push(viewChange(kept))} />
            <Button
              busy={csv.busy}
              disabled={!runs?.length}
              title="Every run of this list, with these columns"
              onClick={() => void csv.save(project.name, variables, state.columns)}
            >
              <Download /> CSV
            </Button>
            {start}
          </>
        }
      >
        Every training. The lowest validation loss on each dataset is bold, of orientation trainings apart.
      </PageHeader>
      <div className="flex flex-wrap items-center gap-2">
        <FilterRow
          state={state}
          datasets={named?.datasets ?? []}
          variants={named?.variants ?? []}
          people={nodes(named?.team.members).map(({ user }) => user)}
          onChange={query.set}
        />
        {connection ? (
          <span role="status" className="text-xs text-ink-3">
            {plural(connection.totalCount, 'run')}
          </span>
        ) : null}
      </div>
      {chosenRuns.length > 0 ? (
        <BulkBar
          runs={chosenRuns}
          onClear={() => setChosen(noSelection)}
          onDone={() => {
            setChosen(noSelection);
            reread();
          }}
        />
      ) : null}
      {error && !connection ? (
        <ErrorState title="The runs could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : runs?.length === 0 ? (
        isFiltered(state) ? (
          <EmptyState title="No run in this selection" action={<Button onClick={() => query.set(noFilters)}>Show all runs</Button>} />
        ) : (
          <EmptyState icon={<FlaskConical />} title="Nothing trained yet" action={start}>
            Choose a dataset and a recipe; the curve and the reconstructions appear here while it trains.
          </EmptyState>
        )
      ) : (
        <RunsTable
          runs={runs}
          projectId={project.id}
          shown={state.columns}
          chosenColumns={state.chosenColumns}
          order={state.order}
          onOrder={(order) => query.set(orderChange(order))}
          chosen={project.canEdit ? chosen.ids : null}
          onChoose={(id, range) => setChosen(toggled(chosen, id, ids, range))}
          onChooseAll={(all) => setChosen({ ...noSelection, ids: new Set(all ? ids : []) })}
        />
      )}
      <ShowMore connection={connection} busy={loading} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
