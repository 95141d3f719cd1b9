'use client';

import { useQuery } from '@apollo/client/react';
import { Braces, List, Play } from 'lucide-react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink, HashChip } from '#web/components/ui/copy.tsx';
import { Page, PageHeader, Panel } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { classes } from '#web/lib/classes.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { catalogueDocument } from './documents.ts';
import { RecipeView } from './recipe-view.tsx';
import { notTrainedHere } from './recipe-words.ts';

/** The catalogue: every named recipe with all of its options. */
export function RecipesPage() {
  const project = useProject();
  const query = useQueryState();
  const { data, error, refetch } = useQuery(catalogueDocument);
  const catalogue = data?.recipeCatalogue;
  const chosen = catalogue?.find((recipe) => recipe.name === query.get('recipe')) ?? catalogue?.[0];
  const unavailable = chosen ? notTrainedHere(chosen.document) : null;
  const json = query.get('as') === 'json';
  useBreadcrumb({ label: 'Recipes' });

  return (
    <Page>
      <PageHeader title="Recipes">Everything that decides a model but the data and the seed. Same content, same hash.</PageHeader>
      {error && !data ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : (
        <div className="grid gap-5 lg:grid-cols-[18rem_minmax(0,1fr)]">
          {catalogue && chosen ? (
            // A list of cards would push the recipe itself off a narrow screen.
            <Select
              label="Recipe"
              className="lg:hidden"
              value={chosen.name}
              onValueChange={(name) => query.set({ recipe: name })}
              options={catalogue.map(({ name, summary }) => ({ value: name, label: name, detail: summary }))}
            />
          ) : null}
          <ul className="flex flex-col gap-1 self-start max-lg:hidden">
            {catalogue
              ? catalogue.map((recipe) => (
                  <li key={recipe.name}>
                    <button
                      type="button"
                      aria-pressed={recipe === chosen}
                      onClick={() => query.set({ recipe: recipe.name })}
                      className={classes(
                        'w-full rounded-md border px-3 py-2 text-left',
                        recipe === chosen ? 'border-accent bg-accent-wash' : 'bg-panel hover:bg-hover',
                      )}
                    >
                      <span className="block font-medium">{recipe.name}</span>
                      <span className="block text-xs text-ink-2">{recipe.summary}</span>
                    </button>
                  </li>
                ))
              : [0, 1, 2].map((index) => <Skeleton key={index} className="h-16 rounded-md" />)}
          </ul>
          {chosen ? (
            <Panel className="p-4">
              <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
                <h2 className="flex items-center gap-2 text-lg font-semibold">
                  {chosen.name} <HashChip hash={chosen.hash} label="recipe hash" />
                </h2>
                <div className="flex items-center gap-2">
                  <CopyLink compact />
                  <Segmented
                    label="Show as"
                    value={json ? 'json' : 'list'}
                    onValueChange={(value) => query.set({ as: value === 'json' ? 'json' : null })}
                    options={[
                      { value: 'list', label: <List aria-label="List" className="size-4" /> },
                      { value: 'json', label: <Braces aria-label="JSON" className="size-4" /> },
                    ]}
                  />
                  {project.canEdit && unavailable === null ? (
                    <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new?recipe=${encodeURIComponent(chosen.name)}`}>
                      <Play /> Train with it
                    </ButtonLink>
                  ) : null}
                </div>
              </div>
              <p className="mb-4 text-ink-2 lg:hidden">{chosen.summary}.</p>
              {unavailable ? <p className="mb-4 text-ink-2">{unavailable}</p> : null}
              {json ? (
                <pre className="overflow-x-auto rounded-md bg-well p-3 font-mono text-xs">{JSON.stringify(chosen.document, null, 2)}</pre>
              ) : (
                <RecipeView document={chosen.document} className="sm:grid-cols-2 xl:grid-cols-3" />
              )}
            </Panel>
          ) : (
            <Skeleton className="h-96 rounded-md" />
          )}
        </div>
      )}
    </Page>
  );
}
