'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { resolveRecipeDocument } from '#web/features/recipes/documents.ts';
import { problemsOf, setsOf, type RecipeProblem } from '#web/features/recipes/recipe-document.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { useRested } from '#web/lib/use-rested.ts';

export interface RecipePreview {
  /** The last recipe that could be resolved; stays while a later change is wrong. */
  readonly document: unknown;
  readonly hash: string | null;
  readonly parameters: number | null;
  readonly problems: readonly RecipeProblem[];
  /** What is wrong with the whole, one sentence; null when nothing is. */
  readonly problem: string | null;
  /** True while a change has not been answered yet. */
  readonly pending: boolean;
}

/**
 * The full recipe behind a base and its changes. What is wrong with it is known at once, here; a sound one is resolved by the server, asked
 * 200 ms after the last key.
 */
export function useRecipePreview(base: string, changes: Readonly<Record<string, string>>): RecipePreview {
  const wanted = JSON.stringify([base, changes]);
  const problems = useMemo(() => {
    const [name, changed] = JSON.parse(wanted) as [string, Record<string, string>];
    return name === '' ? [] : problemsOf(name, changed);
  }, [wanted]);
  const asked = useRested(wanted, 200);
  const [askedBase, askedChanges] = JSON.parse(asked) as [string, Record<string, string>];
  const { data, error, loading } = useQuery(resolveRecipeDocument, {
    variables: { base: askedBase, sets: setsOf(askedChanges) },
    fetchPolicy: 'cache-first',
    skip: askedBase === '' || problems.length > 0,
  });
  const result = data?.resolveRecipe;
  const [last, setLast] = useState<{ document: unknown; hash: string; parameters: number } | null>(null);
  if (result?.__typename === 'RecipePreview' && result.hash !== last?.hash) setLast(result);
  const refused = result?.__typename === 'InvalidInput' ? result.message : null;
  const wrong = problems.length > 0 ? `${plural(problems.length, 'setting')} cannot be used; what is wrong stands there.` : null;
  const problem = wrong ?? (error ? sentenceOf(error) : refused);
  return {
    document: last?.document ?? null,
    hash: problem === null ? (last?.hash ?? null) : null,
    parameters: last?.parameters ?? null,
    problems,
    problem,
    pending: loading || asked !== wanted,
  };
}
