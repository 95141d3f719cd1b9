'use client';

import { GitCompareArrows, Plus } from 'lucide-react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { useQueryState } from '#web/lib/query-state.ts';
import { CatalogueView } from './catalogue-view.tsx';
import { formQuery } from './recipe-draft.ts';
import { VariantsTable } from './variants-table.tsx';

type Shown = 'variants' | 'archived' | 'catalogue';

/** The project's variants, and the catalogue that they are begun from. */
export function RecipesPage() {
  const project = useProject();
  const query = useQueryState();
  useBreadcrumb({ label: 'Recipes' });
  const asked = query.get('show');
  const shown: Shown = asked === 'archived' || asked === 'catalogue' ? asked : query.get('recipe') === null ? 'variants' : 'catalogue';
  const base = `/projects/${project.id}/recipes`;
  return (
    <Page>
      <PageHeader
        title="Recipes"
        actions={
          <>
            <ButtonLink href={`${base}/differences`}>
              <GitCompareArrows /> Differences
            </ButtonLink>
            {project.canEdit ? (
              <ButtonLink tone="primary" href={`${base}/form${formQuery(project.sample ? 'sample/ae' : 'ae')}`}>
                <Plus /> New variant
              </ButtonLink>
            ) : null}
          </>
        }
      >
        Everything that decides a model but the data and the seed. Same content, same hash.
      </PageHeader>
      <Segmented<Shown>
        label="Show"
        className="self-start"
        value={shown}
        onValueChange={(show) => query.set({ show: show === 'variants' ? null : show, recipe: null, as: null })}
        options={[
          { value: 'variants', label: 'Variants' },
          { value: 'archived', label: 'Archived' },
          { value: 'catalogue', label: 'Catalogue' },
        ]}
      />
      {shown === 'catalogue' ? <CatalogueView /> : <VariantsTable key={shown} archived={shown === 'archived'} />}
    </Page>
  );
}
