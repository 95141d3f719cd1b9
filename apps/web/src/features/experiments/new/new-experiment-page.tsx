'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState, type FormEvent } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Field, TextField } from '#web/components/ui/field.tsx';
import { Page, PageHeader, Panel, Section } from '#web/components/ui/page.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { goodCounts } from '#web/features/datasets/counts.ts';
import { catalogueDocument } from '#web/features/recipes/documents.ts';
import { notTrainedHere } from '#web/features/recipes/recipe-words.ts';
import { NothingToPlanYet } from '#web/features/runs/new/nothing-to-plan-yet.tsx';
import { namedPriorities } from '#web/features/runs/priority-words.ts';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { CheckList } from './check-list.tsx';
import { clientKey } from './client-key.ts';
import { createExperimentDocument, plannableDocument } from './documents.ts';
import { EstimatePanel } from './estimate-panel.tsx';
import { decodeVariants, encodeVariants, parseSeeds, planInput, resolved, suggestedName, type PlanVariant } from './plan.ts';
import { useEstimate } from './use-estimate.ts';
import { VariantChooser } from './variant-chooser.tsx';

/** Which variants on which datasets from which seeds; all of it stands in the address, so that a plan is a link. */
export function NewExperimentPage() {
  const project = useProject();
  const query = useQueryState();
  const router = useRouter();
  useBreadcrumb({ label: 'Experiments', href: `/projects/${project.id}/experiments` }, { label: 'New experiment' });
  const plannable = useQuery(plannableDocument, { variables: { projectId: project.id }, fetchPolicy: 'cache-and-network' });
  const catalogueQuery = useQuery(catalogueDocument);
  const [create, creating] = useMutation(createExperimentDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const sent = useRef<{ plan: string; key: string } | null>(null);

  const datasets = plannable.data?.project?.datasets;
  // Localisation networks that runs share are trained by themselves.
  const known = plannable.data?.project?.variants.filter(({ recipe }) => notTrainedHere(recipe.document) === null);
  const catalogue = catalogueQuery.data?.recipeCatalogue.filter(({ document }) => notTrainedHere(document) === null);

  const usable = (text: string | null) =>
    decodeVariants(text).filter((one) =>
      one.kind === 'known' ? known?.some(({ id }) => id === one.id) : catalogue?.some(({ name }) => name === one.base),
    );
  const variants = usable(query.get('variants'));
  const asked = query.get('datasets')?.split(',') ?? [];
  const chosen = datasets?.filter(({ id }) => asked.includes(id)) ?? [];
  const seedText = query.get('seeds') ?? '1-3';
  const { seeds, problem: seedProblem } = parseSeeds(seedText);
  const priority = namedPriorities.find(({ name }) => name === query.get('priority')) ?? namedPriorities[1];
  const nameOf = (one: PlanVariant) => (one.kind === 'recipe' ? one.name : (known?.find(({ id }) => id === one.id)?.name ?? ''));
  const suggestion = suggestedName(
    variants.map(nameOf),
    chosen.map(({ name }) => name),
  );
  const name = query.get('name') ?? suggestion;
  const sound = variants.every((one) => one.kind === 'known' || (one.name.trim() !== '' && resolved(one) !== null));
  const complete = variants.length > 0 && chosen.length > 0 && seedProblem === null;
  const plan = planInput(project.id, { variants, datasetIds: chosen.map(({ id }) => id), seeds });
  const answer = useEstimate(complete && sound ? plan : null);
  const issues = { ...answer.issues, ...refused };

  const failed = plannable.error ?? catalogueQuery.error;
  if (failed && (!datasets || !catalogue)) {
    return (
      <Page narrow>
        <ErrorState
          whole
          reason={sentenceOf(failed)}
          onRetry={() => {
            void plannable.refetch();
            void catalogueQuery.refetch();
          }}
        />
      </Page>
    );
  }
  if (!project.canEdit) {
    return (
      <Page narrow>
        <PageHeader title="New experiment" />
        <EmptyState
          title="You are here to look"
          action={<ButtonLink href={`/projects/${project.id}/experiments`}>All experiments</ButtonLink>}
        >
          Engineers, admins and owners of the team start experiments; ask one of them.
        </EmptyState>
      </Page>
    );
  }
  if (!datasets || datasets.length === 0 || !known || !catalogue) {
    return <NothingToPlanYet title="New experiment" what="An experiment" projectId={project.id} noDataset={datasets?.length === 0} />;
  }

  const change = (values: Parameters<typeof query.set>[0]) => {
    setRefused({});
    query.set(values);
  };
  // From the address and not from the last drawing: two quick changes must both count.
  const now = (name: string) => new URLSearchParams(window.location.search).get(name);
  const changeVariants = (next: (variants: readonly PlanVariant[]) => readonly PlanVariant[]) =>
    change({ variants: encodeVariants(next(usable(now('variants')))) });
  const toggleDataset = (id: string, checked: boolean) => {
    const wanted = new Set(now('datasets')?.split(',') ?? []);
    if (checked) wanted.add(id);
    else wanted.delete(id);
    const ids = datasets.map((dataset) => dataset.id).filter((one) => wanted.has(one));
    change({ datasets: ids.join(',') });
  };
  const ready = complete && sound && name.trim() !== '' && answer.problem === null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) return;
    setProblem(null);
    setRefused({});
    const input = { ...plan, name: name.trim(), priority: priority.value };
    // The same plan sent again (an answer got lost) makes nothing twice; a changed one is another experiment.
    const text = JSON.stringify(input);
    if (sent.current?.plan !== text) sent.current = { plan: text, key: clientKey() };
    try {
      const { data } = await create({ variables: { input: { ...input, clientKey: sent.current.key } } });
      const result = data?.createExperiment;
      if (result?.__typename === 'CreateExperimentSuccess') router.push(`/projects/${project.id}/experiments/${result.experiment.id}`);
      else {
        setRefused(issuesOf(result));
        setProblem(sentenceOf(result));
      }
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  const runs = variants.length * chosen.length * seeds.length;
  return (
    <Page>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        <PageHeader
          title="New experiment"
          actions={
            <Button tone="primary" type="submit" disabled={!ready} busy={creating.loading}>
              <Play /> {runs > 0 ? `Queue ${plural(runs, 'run')}` : 'Queue'}
            </Button>
          }
        >
          Every variant is trained on every dataset from every seed, then evaluated, and laid side by side.
        </PageHeader>
        {problem ? (
          <Banner tone="error" title="The experiment was not started">
            {problem}
          </Banner>
        ) : null}
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <Section title="What">
              <Panel className="grid gap-4 p-4 sm:grid-cols-3">
                <TextField
                  label="Name"
                  value={name}
                  maxLength={80}
                  placeholder="Named after what it compares"
                  onChange={(event) => change({ name: event.target.value === suggestion ? null : event.target.value || ' ' })}
                  error={issues['name']}
                />
                <TextField
                  label="Seeds"
                  value={seedText}
                  className="font-mono"
                  onChange={(event) => change({ seeds: event.target.value || ' ' })}
                  error={seedProblem ?? issues['seeds']}
                  hint="Numbers and ranges, such as 1-3, 7. Three or more show the spread."
                />
                <Field label="Priority" hint="Who is next among what waits.">
                  {(field) => (
                    <Select
                      {...field}
                      value={priority.name}
                      onValueChange={(value) => change({ priority: value === 'usual' ? null : value })}
                      options={namedPriorities.map((one) => ({ value: one.name, label: one.name }))}
                    />
                  )}
                </Field>
              </Panel>
            </Section>
            <VariantChooser known={known} catalogue={catalogue} variants={variants} issues={issues} onChange={changeVariants} />
            <Section title="Datasets">
              <CheckList
                label="Datasets"
                rows={datasets.map((dataset) => ({
                  id: dataset.id,
                  name: dataset.name,
                  checked: asked.includes(dataset.id),
                  detail: `${plural(goodCounts(dataset.counts).train, 'good training image')} of ${plural(dataset.imageCount, 'image')}; frozen at the start`,
                  error: issues[`datasetIds.${chosen.findIndex(({ id }) => id === dataset.id)}`],
                }))}
                onToggle={toggleDataset}
              />
            </Section>
          </div>
          <EstimatePanel variants={variants.length} datasets={chosen.length} seeds={seeds.length} answer={answer} />
        </div>
      </form>
    </Page>
  );
}
