'use client';

import { ArrowLeftRight, Equal } from 'lucide-react';
import { Fragment } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { CopyLink, HashChip } from '#web/components/ui/copy.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { recipeHash } from '@plumbline/ml/recipes';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { sideBySide } from './recipe-changes.ts';
import { groupName } from './recipe-groups.ts';
import type { RecipeSource } from './recipe-source.ts';
import { fieldHelp, fieldTitle } from './recipe-words.ts';
import { SourceSelect } from './source-select.tsx';
import { useRecipeSource } from './use-recipe-source.ts';

/** Two recipes option by option. Which two, and whether the equal options are shown, stands in the address. */
export function DifferencesPage() {
  const project = useProject();
  const query = useQueryState();
  const [keyA, keyB] = [query.get('a') ?? 'ae', query.get('b') ?? 'stn-frozen'];
  const [a, b] = [useRecipeSource(keyA), useRecipeSource(keyB)];
  useBreadcrumb({ label: 'Recipes', href: `/projects/${project.id}/recipes` }, { label: 'Differences' });
  const every = query.get('options') === 'all';
  const failed = a.error ?? b.error;
  return (
    <Page>
      <PageHeader title="Differences" actions={<CopyLink compact />}>
        Two recipes, option by option. Recipes with the same hash make the same model from the same data and seed.
      </PageHeader>
      <div className="flex flex-wrap items-end gap-2">
        <SourceSelect
          label="First"
          className="w-full sm:w-72"
          value={keyA}
          source={a.source}
          onValueChange={(key) => query.set({ a: key })}
        />
        <Button tone="quiet" aria-label="Swap the two" title="Swap the two" onClick={() => query.set({ a: keyB, b: keyA })}>
          <ArrowLeftRight />
        </Button>
        <SourceSelect
          label="Second"
          className="w-full sm:w-72"
          value={keyB}
          source={b.source}
          onValueChange={(key) => query.set({ b: key })}
        />
        <Segmented
          label="Options"
          className="sm:ml-auto"
          value={every ? 'all' : 'differing'}
          onValueChange={(value) => query.set({ options: value === 'all' ? 'all' : null })}
          options={[
            { value: 'differing', label: 'What differs' },
            { value: 'all', label: 'Every option' },
          ]}
        />
      </div>
      {failed ? (
        <ErrorState
          reason={failed}
          onRetry={() => {
            a.retry();
            b.retry();
          }}
        />
      ) : a.missing || b.missing ? (
        <EmptyState title="No such recipe">
          {a.missing ? 'The first' : 'The second'} may have been deleted, or belong to another project; choose another.
        </EmptyState>
      ) : a.source && b.source ? (
        <DifferencesTable a={a.source} b={b.source} every={every} />
      ) : (
        <Table>
          <tbody>
            <SkeletonRows rows={8} columns={3} />
          </tbody>
        </Table>
      )}
    </Page>
  );
}

function DifferencesTable({ a, b, every }: { a: RecipeSource; b: RecipeSource; every: boolean }) {
  const groups = sideBySide(a.document, b.document).map(({ group, pairs }) => ({
    group,
    pairs: every ? pairs : pairs.filter(({ differs }) => differs),
    differing: pairs.filter(({ differs }) => differs).length,
  }));
  const differing = groups.reduce((sum, one) => sum + one.differing, 0);
  if (differing === 0 && !every)
    return (
      <EmptyState icon={<Equal />} title="The same recipe">
        Every option of {a.title} and {b.title} is the same, and so is the hash.
      </EmptyState>
    );
  return (
    <>
      <p aria-live="polite" className="text-ink-2">
        {plural(differing, 'option')} {differing === 1 ? 'differs' : 'differ'}.
      </p>
      <Table label="Options of the two recipes">
        <thead>
          <tr>
            <HeadCell className="w-1/3">Option</HeadCell>
            {[a, b].map((source, i) => (
              <HeadCell key={i}>
                <span className="flex items-center gap-2">
                  <span className="max-w-64 truncate text-ink" title={source.title}>
                    {source.title}
                  </span>
                  <HashChip hash={recipeHash(source.document)} label="recipe hash" />
                </span>
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups
            .filter(({ pairs }) => pairs.length > 0)
            .map(({ group, pairs }) => (
              <Fragment key={group}>
                <tr className="border-b bg-surface">
                  <th colSpan={3} scope="colgroup" className="h-7 px-3 text-left text-2xs font-semibold text-ink-2">
                    {groupName(group)}
                  </th>
                </tr>
                {pairs.map(({ field, a: before, b: after, differs }) => (
                  <Row key={field.path}>
                    <Cell>
                      <Tooltip content={fieldHelp(field)}>
                        <span>{fieldTitle(field)}</span>
                      </Tooltip>
                      <code className="ml-2 font-mono text-2xs text-ink-3 max-md:hidden">{field.path}</code>
                    </Cell>
                    {[before, after].map((value, i) => (
                      <Cell
                        key={i}
                        className={classes(
                          'whitespace-normal',
                          !differs && 'text-ink-3',
                          differs && i === 1 && 'font-semibold text-accent-ink',
                        )}
                      >
                        {value ?? <span className="font-normal text-ink-3">has no such option</span>}
                      </Cell>
                    ))}
                  </Row>
                ))}
              </Fragment>
            ))}
        </tbody>
      </Table>
    </>
  );
}
