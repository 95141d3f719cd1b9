'use client';

import { useQuery } from '@apollo/client/react';
import { Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { evaluationFiltersDocument, evaluationsDocument } from './data/list-documents.ts';
import { protocolWords } from './data/protocol-words.ts';
import { EvaluationsTable } from './list/evaluations-table.tsx';
import { SelectionBar } from './list/selection-bar.tsx';
import { readSort, sortNames, sorts } from './list/sorts.ts';
import { MeasureChoice, useMeasure } from './measure-choice.tsx';
import { NewEvaluationDialog } from './new/new-evaluation-dialog.tsx';

const pageSize = 50;

const everything = '*';

/** Every evaluation of the project, filtered and sorted by the server. */
export function EvaluationsPage() {
  const project = useProject();
  const query = useQueryState();
  useBreadcrumb({ label: 'Evaluations' });
  const sort = readSort(query.get('sort'));
  const measure = useMeasure();
  const filter = { datasetId: query.get('dataset'), variantId: query.get('variant'), protocolHash: query.get('protocol') };
  const variables = { projectId: project.id, first: pageSize, ...filter, sort, measure };
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(evaluationsDocument, { variables });
  const filters = useQuery(evaluationFiltersDocument, { variables: { projectId: project.id } });
  const choices = filters.data?.project;
  const connection = (data ?? previousData)?.project?.evaluations;
  useProjectChanges(['evaluation'], () => {
    rereadShown(refetch, connection, pageSize);
    void filters.refetch();
  });
  const evaluations = connection && nodes(connection);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const filtered = Object.values(filter).some((value) => value !== null);
  const clear = () => query.set({ dataset: null, variant: null, protocol: null });
  const choose = (name: string) => (value: string) => query.set({ [name]: value === everything ? null : value });
  const start = project.canEdit ? (
    <Button tone="primary" onClick={() => query.push({ new: '1' })}>
      <Plus /> New evaluation
    </Button>
  ) : null;

  return (
    <Page>
      <PageHeader title="Evaluations" actions={start}>
        A checkpoint against images of a dataset version: metrics and residual maps.
      </PageHeader>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Dataset"
          className="w-40!"
          value={filter.datasetId ?? everything}
          onValueChange={choose('dataset')}
          options={[
            { value: everything, label: 'Every dataset' },
            ...(choices?.datasets ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          label="Variant"
          className="w-44!"
          value={filter.variantId ?? everything}
          onValueChange={choose('variant')}
          options={[
            { value: everything, label: 'Every variant' },
            ...(choices?.variants ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Select
          label="Protocol"
          className="w-44!"
          value={filter.protocolHash ?? everything}
          onValueChange={choose('protocol')}
          options={[
            { value: everything, label: 'Every protocol' },
            ...(choices?.protocols ?? []).map(({ hash, protocol, evaluationCount }) => ({
              value: hash,
              label: protocolWords(protocol),
              detail: `${hash.slice(0, 8)} · ${plural(evaluationCount, 'evaluation')}`,
            })),
          ]}
        />
        <Select
          label="Order"
          className="w-44! md:hidden!"
          value={sort}
          onValueChange={choose('sort')}
          options={sorts.map((value) => ({ value, label: sortNames[value] }))}
        />
        <MeasureChoice measure={measure} />
        {connection ? <span className="text-xs text-ink-3">{plural(connection.totalCount, 'evaluation')}</span> : null}
      </div>
      {error && !connection ? (
        <ErrorState title="The evaluations could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : evaluations?.length === 0 ? (
        filtered ? (
          <EmptyState
            icon={<Gauge />}
            title="No evaluation in this selection"
            action={<Button onClick={clear}>Show all evaluations</Button>}
          />
        ) : (
          <EmptyState
            icon={<Gauge />}
            title="Nothing is evaluated yet"
            action={
              <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new`}>
                New training
              </ButtonLink>
            }
          >
            A training that succeeds is evaluated by itself.
          </EmptyState>
        )
      ) : (
        <EvaluationsTable
          evaluations={evaluations}
          sort={sort}
          measure={measure}
          onSort={(value) => query.set({ sort: value === 'newest' ? null : value })}
          chosen={chosen}
          onChosen={setChosen}
        />
      )}
      <SelectionBar
        chosen={chosen}
        addresses={(evaluations ?? []).flatMap(({ id, imagesUrl }) => (chosen.includes(id) && imagesUrl ? [imagesUrl] : []))}
        onClear={() => setChosen([])}
      />
      <ShowMore connection={connection} busy={loading} onMore={(after) => fetchMore({ variables: { after } })} />
      {evaluations && evaluations.length > 0 ? (
        <p className="text-xs text-ink-3">
          Compare only what has one protocol and one version. Average precision stands beside its prevalence, which guessing reaches.
        </p>
      ) : null}
      <NewEvaluationDialog open={query.get('new') === '1'} onOpenChange={(open) => query.set({ new: open ? '1' : null })} />
    </Page>
  );
}
