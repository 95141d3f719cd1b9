'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { Save } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { HashChip } from '#web/components/ui/copy.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { Panel } from '#web/components/ui/page.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { compact } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { costHint } from '../runs/new/cost.ts';
import { recentSpeedDocument } from '../runs/new/documents.ts';
import { recipeSourcesDocument, saveVariantDocument } from './documents.ts';
import { soundChanges, suggestedVariant } from './recipe-document.ts';
import { formQuery, type RecipeDraft } from './recipe-draft.ts';
import { asSettings, type RecipeSource } from './recipe-source.ts';
import type { NamedVariant } from './variant-dialogs.tsx';

export interface SaveVariantProps {
  readonly source: RecipeSource;
  /** Set where the form was opened on a saved variant. */
  readonly variant: NamedVariant | null;
  readonly changes: Readonly<Record<string, string>>;
  readonly draft: RecipeDraft;
}

/** What the recipe comes to (hash, weights, cost), its name, and the way into the project. */
export function SaveVariant({ source, variant, changes, draft }: SaveVariantProps) {
  const project = useProject();
  const query = useQueryState();
  const router = useRouter();
  const [save, { loading }] = useMutation(saveVariantDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const [nameError, setNameError] = useState<string | null>(null);
  const speeds = nodes(useQuery(recentSpeedDocument, { variables: { projectId: project.id } }).data?.project?.trainingRuns).flatMap(
    (run) => run.imagesPerSecond ?? [],
  );
  const changed = Object.keys(changes).length;
  const { document, hash, problems, parameters } = draft;
  // A run names its variant with its seed, which a new variant does not have.
  const suggestion = suggestedVariant(source.title.replace(/, seed \d+$/, ''), soundChanges(changes, problems));
  const name = query.get('name') ?? suggestion;
  // One that nothing was trained with takes the change; any other keeps its recipe.
  const inPlace = variant !== null && variant.runCount === 0;
  const hint = costHint({
    patches: document.data.trainPatches,
    epochs: document.training.epochs,
    speeds,
  });
  const ready = hash !== null && name.trim() !== '';

  async function keep(id: string | null, under: string) {
    setProblem(null);
    setNameError(null);
    try {
      const { data } = await save({
        variables: { input: { projectId: project.id, id, name: under, recipe: asSettings(document) } },
        refetchQueries: [{ query: recipeSourcesDocument, variables: { projectId: project.id } }],
      });
      const result = data?.saveVariant;
      if (result?.__typename !== 'SaveVariantSuccess') {
        const { name: wrong, ...others } = issuesOf(result);
        setNameError(wrong ?? null);
        if (!wrong || Object.keys(others).length > 0) setProblem(sentenceOf(result));
        return;
      }
      toast.success(`${result.variant.name} is saved.`);
      // Images and roll of the preview stay; what was changed is the variant's own now.
      const shown = new URLSearchParams(window.location.search);
      const stays = ['dataset', 'images', 'roll'].flatMap((one) => {
        const value = shown.get(one);
        return value === null ? [] : [`&${one}=${encodeURIComponent(value)}`];
      });
      router.replace(`/projects/${project.id}/recipes/form${formQuery(result.variant.id)}${stays.join('')}`);
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready) void keep(null, name.trim());
  }

  return (
    <>
      {problem ? (
        <Banner tone="error" title="The variant was not saved">
          {problem}
        </Banner>
      ) : null}
      <Panel className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 p-3">
        <dl className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-6 gap-y-1 self-center text-xs">
          <div className="flex items-baseline gap-2">
            <dt className="text-ink-3">Hash</dt>
            <dd>
              {hash ? (
                <HashChip hash={hash} label="recipe hash" />
              ) : (
                <span className="text-bad">
                  none yet: {problems.length === 1 ? 'an option' : `${problems.length} options`} cannot be used
                </span>
              )}
            </dd>
          </div>
          <div className="flex items-baseline gap-2">
            <dt className="text-ink-3">Weights</dt>
            <dd className="tabular-nums">{compact(parameters)}</dd>
          </div>
          <div className="flex min-w-0 items-baseline gap-2">
            <dt className="text-ink-3">Cost</dt>
            <dd className="min-w-0">{hint}</dd>
          </div>
        </dl>
        {project.canEdit && (variant === null || changed > 0) ? (
          <form onSubmit={submit} className="flex w-full flex-wrap items-end justify-end gap-2 sm:w-auto">
            <TextField
              label="Name of the new variant"
              fieldClassName="w-full sm:w-72"
              value={name}
              maxLength={120}
              error={nameError}
              onChange={(event) => {
                setNameError(null);
                query.set({ name: event.target.value === suggestion ? null : event.target.value || ' ' });
              }}
            />
            {inPlace ? (
              <Button busy={loading} disabled={hash === null} onClick={() => void keep(variant.id, variant.name)}>
                Save in {variant.name}
              </Button>
            ) : null}
            <Button tone="primary" type="submit" busy={loading} disabled={!ready}>
              <Save /> {variant ? 'Save as new variant' : 'Save variant'}
            </Button>
          </form>
        ) : null}
      </Panel>
    </>
  );
}
