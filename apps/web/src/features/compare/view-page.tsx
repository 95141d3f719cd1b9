'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { Save } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { BodySkeleton, ComparisonBody } from './comparison-body.tsx';
import { useComparison } from './data/use-comparison.ts';
import { useCompareView } from './data/view.ts';
import { comparedEvaluationsDocument, saveComparisonDocument } from './documents.ts';
import { ExportMenu } from './export-menu.tsx';

/** Names in the address that say what is compared, and the input that each stands for. */
const selections = { evaluations: 'evaluationIds', experiments: 'experimentIds', variants: 'variantIds', datasets: 'datasetIds' } as const;

const nothing = {};

/** Evaluations side by side that nobody saved: all of it stands in the address. */
export function ViewPage() {
  const project = useProject();
  const router = useRouter();
  const query = useQueryState();
  const chosen = Object.entries(selections).map(([name, input]) => [input, query.get(name) ?? ''] as const);
  const key = JSON.stringify(chosen);
  const input = useMemo(
    () => ({
      projectId: project.id,
      ...Object.fromEntries((JSON.parse(key) as [string, string][]).flatMap(([name, ids]) => (ids ? [[name, ids.split(',')]] : []))),
    }),
    [project.id, key],
  );
  const empty = chosen.every(([, ids]) => ids === '');
  const { data, error, refetch } = useQuery(comparedEvaluationsDocument, { variables: { input }, skip: empty, fetchPolicy: 'cache-first' });
  const set = data?.comparedEvaluations;
  const view = useCompareView(nothing);
  const { answer, busy } = useComparison(set, view);
  const [saving, setSaving] = useState(false);
  const [save] = useMutation(saveComparisonDocument);
  const base = `/projects/${project.id}/compare`;
  useBreadcrumb({ label: 'Compare', href: base }, { label: 'Not saved' });
  const comparison = !busy && answer && 'comparison' in answer ? answer.comparison : null;

  return (
    <Page>
      <PageHeader
        title="Comparison"
        actions={
          <>
            <CopyLink compact />
            <ExportMenu comparison={comparison} />
            {project.canEdit ? (
              <Button tone="primary" disabled={!set?.evaluations.length} onClick={() => setSaving(true)}>
                <Save /> Save
              </Button>
            ) : null}
          </>
        }
      >
        {set ? `${plural(set.evaluations.length, 'evaluation')}; not saved.` : 'Not saved.'}
      </PageHeader>
      {empty ? (
        <EmptyState
          title="Nothing is chosen"
          action={
            <ButtonLink tone="primary" href={`${base}/new`}>
              Choose evaluations
            </ButtonLink>
          }
        >
          Choose variants and classes, experiments, or evaluations by hand.
        </EmptyState>
      ) : error && !set ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : set ? (
        <ComparisonBody set={set} answer={answer} busy={busy} view={view} projectId={project.id} />
      ) : (
        <BodySkeleton />
      )}
      <NameDialog
        key={String(saving)}
        open={saving}
        onOpenChange={setSaving}
        title="Save comparison"
        description="It keeps its evaluations and how you look at them, and can be shared by a link."
        placeholder="Latent sizes on brick"
        action="Save"
        onSubmit={async (name) => {
          const evaluationIds = (set?.evaluations ?? []).map(({ id }) => id);
          const { data: saved } = await save({ variables: { input: { projectId: project.id, name, evaluationIds, view: view.current } } });
          const result = saved?.saveComparison;
          if (result?.__typename !== 'SaveComparisonSuccess') return issuesOf(result)['name'] ?? sentenceOf(result);
          router.push(`${base}/${result.comparison.id}`);
          return null;
        }}
      />
    </Page>
  );
}
