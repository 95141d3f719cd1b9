'use client';

import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { resolveRecipeDocument } from '#web/features/recipes/documents.ts';
import { setsOf } from '#web/features/recipes/recipe-document.ts';
import { sentenceOf } from '#web/graphql/failure.ts';

export interface RecipePreview {
  /** The last recipe that could be resolved; stays while a later change is wrong. */
  readonly document: unknown;
  readonly hash: string | null;
  readonly parameters: number | null;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  /** What is wrong with the whole, when no field can be named. */
  readonly problem: string | null;
  /** True while a change has not been answered yet. */
  readonly pending: boolean;
}

/** The full recipe behind a base and its changes, as the server resolves it; asked 200 ms after the last key. */
export function useRecipePreview(base: string, changes: Readonly<Record<string, string>>): RecipePreview {
  const wanted = JSON.stringify([base, setsOf(changes)]);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), 200);
    return () => clearTimeout(timer);
  }, [wanted]);
  const [askedBase, sets] = JSON.parse(asked) as [string, string[]];
  const { data, error, loading } = useQuery(resolveRecipeDocument, {
    variables: { base: askedBase, sets },
    fetchPolicy: 'cache-first',
    skip: askedBase === '',
  });
  const result = data?.resolveRecipe;
  const [last, setLast] = useState<{ document: unknown; hash: string; parameters: number } | null>(null);
  if (result?.__typename === 'RecipePreview' && result.hash !== last?.hash) setLast(result);
  const invalid = result?.__typename === 'InvalidInput' ? result : null;
  return {
    document: last?.document ?? null,
    hash: invalid ? null : (last?.hash ?? null),
    parameters: last?.parameters ?? null,
    issues: invalid?.issues ?? [],
    problem: error ? sentenceOf(error) : (invalid?.message ?? null),
    pending: loading || asked !== wanted,
  };
}
