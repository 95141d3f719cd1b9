'use client';

import { useQuery } from '@apollo/client/react';
import type { Recipe } from '@plumbline/ml/recipes';
import { useMemo } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { runRecipeDocument, variantDocument } from './documents.ts';
import { catalogueSource, kindOf, type RecipeSource } from './recipe-source.ts';

export interface LoadedSource {
  /** Null while it is read, and where there is none. */
  readonly source: RecipeSource | null;
  /** Set for a variant. */
  readonly variant: { readonly id: string; readonly name: string; readonly runCount: number; readonly archivedAt: string | null } | null;
  readonly missing: boolean;
  readonly error: string | null;
  readonly retry: () => void;
}

/** The recipe behind a key of the address. */
export function useRecipeSource(key: string): LoadedSource {
  const project = useProject();
  const kind = kindOf(key);
  const variantQuery = useQuery(variantDocument, { variables: { id: key }, skip: kind !== 'variant' });
  const runQuery = useQuery(runRecipeDocument, { variables: { id: key }, skip: kind !== 'run' });
  const found = variantQuery.data?.variant ?? null;
  const variant = found?.project.id === project.id ? found : null;
  const run = runQuery.data?.trainingRun?.project.id === project.id ? runQuery.data.trainingRun : null;
  const source = useMemo<RecipeSource | null>(() => {
    if (kind === 'catalogue') return catalogueSource(key);
    if (kind === 'variant') return variant && { key, kind, title: variant.name, document: variant.recipe.document as Recipe };
    return run && { key, kind, title: `${run.variant.name}, seed ${run.seed}`, document: run.recipe.document as Recipe };
  }, [kind, key, variant, run]);
  const query = kind === 'variant' ? variantQuery : runQuery;
  const failed = kind !== 'catalogue' && query.error && !query.data;
  return {
    source,
    variant,
    missing: source === null && !failed && (kind === 'catalogue' || query.data !== undefined),
    error: failed ? sentenceOf(query.error) : null,
    retry: () => void query.refetch(),
  };
}
