'use client';

import type { Recipe } from '@plumbline/ml/recipes';
import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sideBySide } from '#web/features/recipes/recipe-changes.ts';
import { fieldTitle } from '#web/features/recipes/recipe-words.ts';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';

export interface DifferingOption {
  readonly path: string;
  readonly title: string;
  /** What each recipe says; null where it has no such option. */
  readonly values: readonly (string | null)[];
}

/** Options that are not the same in all recipes, in the order of the first that has each. */
export function differingOptions(recipes: readonly Recipe[]): DifferingOption[] {
  const [first, ...others] = recipes;
  if (!first) return [];
  const found = new Map<string, DifferingOption & { values: (string | null)[] }>();
  for (const [at, other] of others.entries())
    for (const { field, a, b, differs } of sideBySide(first, other).flatMap(({ pairs }) => pairs)) {
      if (!differs) continue;
      const known = found.get(field.path) ?? { path: field.path, title: fieldTitle(field), values: recipes.map(() => a) };
      known.values[at + 1] = b;
      found.set(field.path, known);
    }
  return [...found.values()];
}

/** What the recipes of the variants do not have in common, in one line that opens into a table. */
export function WhatDiffers({ titles, recipes }: { readonly titles: readonly string[]; readonly recipes: readonly Recipe[] }) {
  const options = useMemo(() => differingOptions(recipes), [recipes]);
  if (recipes.length < 2) return null;
  if (options.length === 0) return <p className="text-xs text-ink-2">What differs: nothing, these recipes are the same.</p>;
  return (
    <details className="group rounded-md border bg-panel">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-md px-3 py-2 text-xs">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90" />
        <span className="font-semibold">What differs</span>
        <span className="min-w-0 truncate text-ink-2">
          {plural(options.length, 'option')}: {options.map(({ title }) => title).join(' · ')}
        </span>
      </summary>
      <div className="p-3 pt-0">
        <Table label="Options that differ">
          <thead>
            <tr>
              <HeadCell>Option</HeadCell>
              {titles.map((title) => (
                <HeadCell key={title}>{title}</HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {options.map(({ path, title, values }) => (
              <Row key={path}>
                <Cell>
                  {title} <code className="ml-1 font-mono text-2xs text-ink-3 max-md:hidden">{path}</code>
                </Cell>
                {values.map((value, i) => (
                  <Cell
                    key={i}
                    className={classes(value === null && 'text-ink-3', i > 0 && value !== values[0] && 'font-semibold text-accent-ink')}
                  >
                    {value ?? 'has no such option'}
                  </Cell>
                ))}
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}
