'use client';

import { useQuery } from '@apollo/client/react';
import { Scale } from 'lucide-react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { FinishedSearch } from '#web/features/evaluation/together/finished-list.tsx';
import { nothingListed } from '#web/features/evaluation/together/finished.ts';
import { useFinishedEvaluations } from '#web/features/evaluation/together/use-finished-evaluations.ts';
import { CheckList, type CheckRow } from '#web/features/experiments/new/check-list.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { comparableDocument, comparableExperimentsDocument } from '../documents.ts';
import { chosenEvaluations, counted, viewQuery, ways, type Choice, type Way } from './choice.ts';

/** Most evaluations that the server lays side by side. */
const mostEvaluations = 100;

type List = 'variants' | 'datasets' | 'experiments' | 'evaluations';

/** Chooses what is compared: variants × classes, experiments, or evaluations by hand. The choice stands in the address. */
export function NewComparisonPage() {
  const project = useProject();
  const query = useQueryState();
  const base = `/projects/${project.id}/compare`;
  useBreadcrumb({ label: 'Compare', href: base }, { label: 'New' });
  const { data, error, refetch } = useQuery(comparableDocument, { variables: { projectId: project.id }, fetchPolicy: 'cache-and-network' });
  const found = data?.project;
  const evaluations = useFinishedEvaluations();
  const experiments = useQuery(comparableExperimentsDocument, { variables: { projectId: project.id }, fetchPolicy: 'cache-and-network' });
  const listedExperiments = experiments.data?.project?.experiments;
  const failure = error ?? evaluations.error ?? experiments.error;
  const ready = found && evaluations.connection && listedExperiments;
  const read = (name: List): string[] => (query.get(name) ?? '').split(',').filter(Boolean);
  const choice: Choice = {
    way: ways.find((one) => one === query.get('by')) ?? 'variants',
    variants: read('variants'),
    datasets: read('datasets'),
    experiments: read('experiments'),
    evaluations: read('evaluations'),
  };
  const toggle = (name: List) => (id: string, checked: boolean) =>
    query.set({ [name]: [...choice[name].filter((one) => one !== id), ...(checked ? [id] : [])].join(',') || null });
  const comparable = found?.comparableEvaluations ?? [];
  const chosen = chosenEvaluations(comparable, choice);
  const tooMany = chosen.length > mostEvaluations;

  const countedRows = (name: 'variants' | 'datasets'): CheckRow[] =>
    (name === 'variants' ? counted(comparable, 'variantId', 'variantName') : counted(comparable, 'datasetId', 'datasetName')).map(
      (one) => ({ id: one.id, name: one.name, detail: plural(one.count, 'evaluation'), checked: choice[name].includes(one.id) }),
    );
  const experimentRows = nodes(listedExperiments).flatMap((experiment): CheckRow[] => {
    const count = comparable.filter(({ experimentId }) => experimentId === experiment.id).length;
    const checked = choice.experiments.includes(experiment.id);
    return count === 0 ? [] : [{ id: experiment.id, name: experiment.name, detail: plural(count, 'evaluation'), checked }];
  });
  const evaluationRows = evaluations.listed.map(({ id, run, datasetVersion, words }): CheckRow => ({
    id,
    name: `${run.variant.name}, ${datasetVersion.dataset.name}, seed ${run.seed}`,
    detail: `version ${datasetVersion.number}, ${words}`,
    checked: choice.evaluations.includes(id),
  }));

  return (
    <Page className="max-w-5xl">
      <PageHeader title="New comparison">Choose what stands side by side; nothing is saved yet.</PageHeader>
      {failure && !ready ? (
        <ErrorState
          reason={sentenceOf(failure)}
          onRetry={() => void Promise.all([refetch(), evaluations.refetch(), experiments.refetch()])}
        />
      ) : !ready ? (
        <Skeleton className="h-80 w-full" />
      ) : evaluations.connection?.totalCount === 0 ? (
        <EmptyState
          icon={<Scale />}
          title="Nothing is evaluated yet"
          action={
            <ButtonLink tone="primary" href={`/projects/${project.id}/experiments/new`}>
              New experiment
            </ButtonLink>
          }
        >
          An experiment trains and evaluates variants side by side; its evaluations can be compared here.
        </EmptyState>
      ) : (
        <>
          <Segmented
            label="Choose by"
            className="self-start"
            value={choice.way}
            onValueChange={(way: Way) => query.set({ by: way === 'variants' ? null : way })}
            options={[
              { value: 'variants', label: 'Variants × classes' },
              { value: 'experiments', label: 'Experiments' },
              { value: 'evaluations', label: 'Evaluations' },
            ]}
          />
          {choice.way === 'variants' ? (
            <div className="grid gap-5 md:grid-cols-2">
              <Section title="Variants">
                <CheckList label="Variants" rows={countedRows('variants')} onToggle={toggle('variants')} />
              </Section>
              <Section title="Classes">
                <CheckList label="Classes" rows={countedRows('datasets')} onToggle={toggle('datasets')} />
                <p className="text-xs text-ink-3">
                  Of the variants chosen, all classes count where none is ticked, and of each seed the newest evaluation.
                </p>
              </Section>
            </div>
          ) : choice.way === 'experiments' ? (
            <div className="flex flex-col gap-2">
              {experimentRows.length > 0 ? (
                <CheckList label="Experiments" rows={experimentRows} onToggle={toggle('experiments')} />
              ) : (
                <p className="text-ink-2">
                  {listedExperiments?.pageInfo.hasNextPage ? 'None of the newest experiments' : 'No experiment'} has an evaluation yet;
                  choose by variants or by evaluations.
                </p>
              )}
              <ShowMore
                connection={listedExperiments}
                busy={experiments.loading}
                onMore={(after) => experiments.fetchMore({ variables: { after } })}
              />
            </div>
          ) : (
            <div className="flex flex-col gap-2">
              <FinishedSearch text={evaluations.text} onText={evaluations.setText} />
              {evaluationRows.length > 0 ? (
                <CheckList label="Evaluations" rows={evaluationRows} onToggle={toggle('evaluations')} />
              ) : (
                <p className="text-ink-2">{nothingListed(evaluations.text, evaluations.connection?.pageInfo.hasNextPage ?? false)}</p>
              )}
              <ShowMore
                connection={evaluations.connection}
                busy={evaluations.loading}
                onMore={(after) => evaluations.fetchMore({ variables: { after } })}
              />
            </div>
          )}
          <div className="flex flex-wrap items-center gap-3">
            {chosen.length === 0 || tooMany ? (
              <Button tone="primary" disabled>
                Compare
              </Button>
            ) : (
              <ButtonLink tone="primary" href={`${base}/view?${viewQuery(choice)}`}>
                Compare
              </ButtonLink>
            )}
            <p aria-live="polite" className={tooMany ? 'text-bad' : 'text-ink-2'}>
              {plural(chosen.length, 'evaluation')} chosen
              {tooMany ? `; at most ${mostEvaluations} can be compared, so take some away.` : '.'}
            </p>
          </div>
        </>
      )}
    </Page>
  );
}
