'use client';

import { CATALOGUE, recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { Braces, List, Pencil, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink, HashChip } from '#web/components/ui/copy.tsx';
import { Panel } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { classes } from '#web/lib/classes.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { formQuery } from './recipe-draft.ts';
import { RecipeView } from './recipe-view.tsx';
import { notTrainedHere } from './recipe-words.ts';

/** The named recipes that come with the platform, with all of their options. */
export function CatalogueView() {
  const project = useProject();
  const query = useQueryState();
  const asked = query.get('recipe');
  const { name, summary } = CATALOGUE.find((one) => one.name === asked) ?? CATALOGUE[0]!;
  const document = useMemo(() => resolveRecipe(name), [name]);
  const unavailable = notTrainedHere(document);
  const json = query.get('as') === 'json';
  return (
    <div className="grid gap-5 lg:grid-cols-[18rem_minmax(0,1fr)]">
      {/* A list of cards would push the recipe itself off a narrow screen. */}
      <Select
        label="Recipe"
        className="lg:hidden"
        value={name}
        onValueChange={(recipe) => query.set({ recipe })}
        options={CATALOGUE.map((one) => ({ value: one.name, label: one.name, detail: one.summary }))}
      />
      <ul className="flex flex-col gap-1 self-start max-lg:hidden">
        {CATALOGUE.map((recipe) => (
          <li key={recipe.name}>
            <button
              type="button"
              aria-pressed={recipe.name === name}
              onClick={() => query.set({ recipe: recipe.name })}
              className={classes(
                'w-full rounded-md border px-3 py-2 text-left',
                recipe.name === name ? 'border-accent bg-accent-wash' : 'bg-panel hover:bg-hover',
              )}
            >
              <span className="block font-medium">{recipe.name}</span>
              <span className="block text-xs text-ink-2">{recipe.summary}</span>
            </button>
          </li>
        ))}
      </ul>
      <Panel className="self-start p-4">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
          <h2 className="flex items-center gap-2 text-lg font-semibold">
            {name} <HashChip hash={recipeHash(document)} label="recipe hash" />
          </h2>
          <div className="flex flex-wrap items-center gap-2">
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
            {project.canEdit ? (
              <ButtonLink href={`/projects/${project.id}/recipes/form${formQuery(name)}`}>
                <Pencil /> Change it
              </ButtonLink>
            ) : null}
            {project.canEdit && unavailable === null ? (
              <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new?recipe=${encodeURIComponent(name)}`}>
                <Play /> Train with it
              </ButtonLink>
            ) : null}
          </div>
        </div>
        <p className="mb-4 text-ink-2 lg:hidden">{summary}.</p>
        {unavailable ? <p className="mb-4 text-ink-2">{unavailable}</p> : null}
        {json ? (
          <pre className="overflow-x-auto rounded-md bg-well p-3 font-mono text-xs">{JSON.stringify(document, null, 2)}</pre>
        ) : (
          <RecipeView document={document} className="sm:grid-cols-2 xl:grid-cols-3" />
        )}
      </Panel>
    </div>
  );
}
