'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { Play, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Field, TextField } from '#web/components/ui/field.tsx';
import { Page, PageHeader, Panel, Section } from '#web/components/ui/page.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Banner, ErrorState } from '#web/components/ui/state.tsx';
import { goodCounts } from '#web/features/datasets/counts.ts';
import { catalogueDocument } from '#web/features/recipes/documents.ts';
import {
  decodeChanges,
  encodeChanges,
  issueFor,
  setsOf,
  soundChanges,
  suggestedVariant,
  valueAt,
  valueText,
  withChange,
} from '#web/features/recipes/recipe-document.ts';
import { sectionsOf } from '#web/features/recipes/recipe-view.tsx';
import { fieldProblem, notTrainedHere } from '#web/features/recipes/recipe-words.ts';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { useEstimate } from '../../experiments/new/use-estimate.ts';
import { runDatasetsDocument } from '../documents.ts';
import { AllSettings, mainPaths } from './all-settings.tsx';
import { estimateHint, ofOneRun } from './cost.ts';
import { startTrainingDocument } from './documents.ts';
import { NothingToPlanYet } from './nothing-to-plan-yet.tsx';
import { RecipeFieldControl } from './recipe-field.tsx';
import { ResolvedRecipe } from './resolved-recipe.tsx';
import { useRecipePreview } from './use-recipe-preview.ts';

/** Dataset, recipe and its changes, seed: what a training is. All of it stands in the address. */
export function NewTrainingPage() {
  const project = useProject();
  const query = useQueryState();
  const router = useRouter();
  useBreadcrumb({ label: 'Runs', href: `/projects/${project.id}/runs` }, { label: 'New training' });
  const datasetsQuery = useQuery(runDatasetsDocument, { variables: { projectId: project.id } });
  const catalogueQuery = useQuery(catalogueDocument);
  const [start, starting] = useMutation(startTrainingDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});

  const datasets = datasetsQuery.data?.project?.datasets;
  const everyRecipe = catalogueQuery.data?.recipeCatalogue;
  const catalogue = everyRecipe?.filter(({ document }) => notTrainedHere(document) === null);
  const dataset = datasets?.find((one) => one.id === query.get('dataset')) ?? (datasets?.length === 1 ? datasets[0] : undefined);
  const usual = project.sample ? 'sample/ae' : 'ae';
  const base = [query.get('recipe'), usual].flatMap((name) => catalogue?.find((one) => one.name === name) ?? []).at(0) ?? catalogue?.[0];
  const changes = decodeChanges(query.get('set'));
  const seed = query.get('seed') ?? '1';
  const preview = useRecipePreview(base?.name ?? '', changes);
  const suggestion = suggestedVariant(base?.name ?? '', soundChanges(changes, preview.problems));
  const variantName = query.get('variant') ?? suggestion;
  const document = preview.document ?? base?.document;
  const { estimate, pending: reckoning } = useEstimate(
    dataset && base && preview.hash !== null && variantName.trim() !== '' && project.canEdit
      ? {
          projectId: project.id,
          datasetIds: [dataset.id],
          seeds: [1],
          variants: [{ recipe: { base: base.name, sets: setsOf(soundChanges(changes, preview.problems)) }, name: variantName.trim() }],
        }
      : null,
  );

  const failed = datasetsQuery.error ?? catalogueQuery.error;
  if (failed && (!datasets || !catalogue)) {
    return (
      <Page narrow>
        <ErrorState
          whole
          reason={sentenceOf(failed)}
          onRetry={() => {
            void datasetsQuery.refetch();
            void catalogueQuery.refetch();
          }}
        />
      </Page>
    );
  }
  if (!datasets || datasets.length === 0 || !catalogue || !base) {
    return <NothingToPlanYet title="New training" what="A training" projectId={project.id} noDataset={datasets?.length === 0} />;
  }

  const change = (path: string, value: string) => {
    // From the address and not from the last drawing: two quick changes must both count.
    const now = decodeChanges(new URLSearchParams(window.location.search).get('set'));
    query.set({ set: encodeChanges(withChange(now, base.document, path, value)) });
  };
  const shown = (path: string) => changes[path] ?? valueText(valueAt(document, path));
  const sections = sectionsOf(document);
  const allFields = sections.flatMap(({ fields }) => fields);
  const named = preview.problems.flatMap(({ path, message }) => (path === null ? [] : [{ path, message }]));
  const problemAt = (path: string) => {
    const message = issueFor(named, path);
    return message === null ? null : fieldProblem(message, path, allFields);
  };
  const control = (path: string) => {
    const field = allFields.find((one) => one.path === path);
    if (!field) return null;
    return (
      <RecipeFieldControl
        key={path}
        field={field}
        value={shown(path)}
        changed={path in changes}
        error={problemAt(path)}
        onChange={(value) => change(path, value)}
      />
    );
  };
  const goodTraining = dataset ? goodCounts(dataset.counts).train : null;
  const seedError = /^\d{1,9}$/.test(seed) ? (issues['seed'] ?? null) : 'A whole number from 0 to 999,999,999.';
  const patches = valueAt(document, 'data.trainPatches');
  const work = { patches: typeof patches === 'number' ? patches : null, epochs: Number(valueAt(document, 'training.epochs')) };
  const hint = estimateHint(work, estimate && !reckoning ? ofOneRun(estimate) : null);
  const ready = dataset !== undefined && preview.hash !== null && !preview.pending && seedError === null && variantName.trim() !== '';
  const elsewhere = preview.problems.find(({ path }) => path === null || !allFields.some((field) => field.path === path))?.message ?? null;
  const asked = everyRecipe?.find(({ name }) => name === query.get('recipe'));
  const unavailable = asked ? notTrainedHere(asked.document) : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!dataset || !base || !ready) return;
    setProblem(null);
    setIssues({});
    try {
      const { data } = await start({
        variables: {
          input: {
            datasetId: dataset.id,
            recipe: { base: base.name, sets: setsOf(changes) },
            variantName: variantName.trim(),
            seed: Number(seed),
          },
        },
      });
      const result = data?.startTraining;
      if (result?.__typename === 'StartTrainingSuccess') router.push(`/projects/${project.id}/runs/${result.trainingRun.id}`);
      else {
        setIssues(issuesOf(result));
        setProblem(sentenceOf(result));
      }
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  return (
    <Page>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        <PageHeader
          title="New training"
          actions={
            <Button tone="primary" type="submit" disabled={!ready || !project.canEdit} busy={starting.loading}>
              <Play /> Start training
            </Button>
          }
        >
          {dataset ? hint : 'Choose a dataset to see what it costs and to start.'}
        </PageHeader>
        {project.canEdit ? null : (
          <Banner tone="info" title="You look on here">
            Trainings are started by engineers, admins and owners. Everything can be set to see what it costs; ask one of them to start it.
          </Banner>
        )}
        {unavailable ? (
          <Banner tone="info" title={`${asked?.name ?? ''} is not trained here`}>
            {unavailable}
          </Banner>
        ) : null}
        {problem ? (
          <Banner tone="error" title="The training was not started">
            {problem}
          </Banner>
        ) : null}
        <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <Section title="What">
              <Panel className="grid gap-4 p-4 sm:grid-cols-2">
                <Field
                  label="Dataset"
                  error={issues['datasetId']}
                  hint={
                    goodTraining === null
                      ? 'A snapshot of it is taken when the training starts.'
                      : `${plural(goodTraining, 'good training image')}; a snapshot is taken at the start.`
                  }
                >
                  {(field) => (
                    <Select
                      {...field}
                      value={dataset?.id ?? ''}
                      placeholder="Choose a dataset"
                      onValueChange={(id) => query.set({ dataset: id })}
                      options={datasets.map((one) => ({ value: one.id, label: one.name, detail: plural(one.imageCount, 'image') }))}
                    />
                  )}
                </Field>
                <Field label="Recipe" error={issues['recipe.base']} hint={base.summary}>
                  {(field) => (
                    <Select
                      {...field}
                      value={base.name}
                      onValueChange={(name) => query.set({ recipe: name, set: null, variant: null })}
                      options={catalogue.map((one) => ({ value: one.name, label: one.name, detail: one.summary }))}
                    />
                  )}
                </Field>
                <TextField
                  label="Variant"
                  value={variantName}
                  maxLength={80}
                  onChange={(event) => query.set({ variant: event.target.value === suggestion ? null : event.target.value || ' ' })}
                  error={issues['variantName']}
                  hint="The name under which you compare it."
                />
                <TextField
                  label="Seed"
                  value={seed}
                  inputMode="numeric"
                  className="font-mono"
                  onChange={(event) => query.set({ seed: event.target.value || ' ' })}
                  error={seedError}
                  hint="Same seed, same data, same recipe: same weights."
                />
              </Panel>
            </Section>
            <Section
              title="Main settings"
              actions={
                Object.keys(changes).length > 0 ? (
                  <Button size="small" tone="quiet" onClick={() => query.set({ set: null })}>
                    <RotateCcw /> Back to {base.name}
                  </Button>
                ) : null
              }
            >
              {elsewhere ? <Banner tone="error">{elsewhere}</Banner> : null}
              <Panel className="grid gap-4 p-4 sm:grid-cols-2 xl:grid-cols-3">{mainPaths.map(control)}</Panel>
            </Section>
            <AllSettings sections={sections} shown={shown} problem={problemAt} control={control} />
          </div>
          <ResolvedRecipe preview={preview} base={base} />
        </div>
      </form>
    </Page>
  );
}
