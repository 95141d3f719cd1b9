'use client';

import { GitCompareArrows, Play, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { PreviewPanel } from './preview/preview-panel.tsx';
import { decodeChanges, encodeChanges, withChange } from './recipe-document.ts';
import { differencesQuery, recipeDraft, trainingQuery } from './recipe-draft.ts';
import { RecipeForm } from './recipe-form.tsx';
import type { RecipeSource } from './recipe-source.ts';
import { notTrainedHere } from './recipe-words.ts';
import { SaveVariant } from './save-variant.tsx';
import { useRecipeSource, type LoadedSource } from './use-recipe-source.ts';
import { VariantMenu } from './variant-menu.tsx';

const kinds = { catalogue: 'a recipe of the catalogue', variant: 'a variant', run: 'a finished run' } as const;

/** A recipe's form: begun from one of the catalogue, a variant or a run. What was changed stands in the address until it is saved. */
export function VariantPage() {
  const project = useProject();
  const query = useQueryState();
  const key = query.get('from') ?? (project.sample ? 'sample/ae' : 'ae');
  const loaded = useRecipeSource(key);
  const { source, missing, error, retry } = loaded;
  const home = `/projects/${project.id}/recipes`;
  useBreadcrumb({ label: 'Recipes', href: home }, { label: loaded.variant?.name ?? 'New variant' });
  if (error !== null)
    return (
      <Page narrow>
        <ErrorState whole reason={error} onRetry={retry} />
      </Page>
    );
  if (missing)
    return (
      <Page narrow>
        <EmptyState whole title="No such recipe" action={<ButtonLink href={home}>All recipes</ButtonLink>}>
          It may have been deleted, or belong to another project.
        </EmptyState>
      </Page>
    );
  if (!source)
    return (
      <Page>
        <Skeleton className="h-7 w-64" />
        <div className="grid gap-5 lg:grid-cols-2">
          <Skeleton className="h-[70vh]" />
          <Skeleton className="h-[70vh]" />
        </div>
      </Page>
    );
  return <VariantForm source={source} loaded={loaded} />;
}

function VariantForm({ source, loaded: { variant } }: { source: RecipeSource; loaded: LoadedSource }) {
  const project = useProject();
  const query = useQueryState();
  const router = useRouter();
  const set = query.get('set');
  const changes = useMemo(() => decodeChanges(set), [set]);
  const draft = useMemo(() => recipeDraft(source.document, changes), [source.document, changes]);
  const changed = Object.keys(changes).length;
  const home = `/projects/${project.id}/recipes`;
  const whole = draft.problems.find(({ path }) => path === null)?.message ?? null;

  const change = (path: string, value: string) => {
    // From the address and not from the last drawing: two quick changes must both count.
    const now = decodeChanges(new URLSearchParams(window.location.search).get('set'));
    query.set({ set: encodeChanges(withChange(now, source.document, path, value)) });
  };

  return (
    <Page>
      <PageHeader
        title={variant?.name ?? 'New variant'}
        actions={
          <>
            <CopyLink compact />
            {variant ? (
              <ButtonLink href={`${home}/differences${differencesQuery(source.document.name, source.key)}`}>
                <GitCompareArrows /> Differences
              </ButtonLink>
            ) : null}
            {variant && changed === 0 && project.canEdit && notTrainedHere(source.document) === null ? (
              <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new${trainingQuery(source.document, variant.name)}`}>
                <Play /> Train with it
              </ButtonLink>
            ) : null}
            {variant ? (
              <VariantMenu variant={{ ...variant, recipe: { document: source.document } }} onDeleted={() => router.push(home)} />
            ) : null}
          </>
        }
      >
        {variant ? (
          <>
            {variant.archivedAt === null ? '' : 'Archived. '}
            {variant.runCount === 0
              ? 'Nothing is trained with it yet, so its recipe can still be changed.'
              : `${plural(variant.runCount, 'run')} ${variant.runCount === 1 ? 'refers' : 'refer'} to it, so its recipe stays; a change makes a new variant.`}
          </>
        ) : (
          <>
            From{' '}
            {source.kind === 'run' ? (
              <Link href={`/projects/${project.id}/runs/${source.key}`} className="text-accent-ink underline">
                {source.title}
              </Link>
            ) : (
              <span className="font-mono text-xs">{source.title}</span>
            )}
            , {kinds[source.kind]}. One change at a time is what can be compared.
          </>
        )}
      </PageHeader>
      {whole ? <Banner tone="error">{whole}</Banner> : null}
      <SaveVariant key={source.key} source={source} variant={variant} changes={changes} draft={draft} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,30rem)] 2xl:grid-cols-[minmax(0,1fr)_38rem]">
        <div className="flex min-w-0 flex-col gap-3 max-lg:order-2">
          <div className="flex min-h-7 items-center justify-between gap-2">
            <span className="text-xs text-ink-3">
              {changed === 0 ? 'Nothing is changed yet.' : `${plural(changed, 'option')} changed from ${source.title}.`}
            </span>
            {changed > 0 ? (
              <Button size="small" tone="quiet" onClick={() => query.set({ set: null })}>
                <RotateCcw /> Reset all
              </Button>
            ) : null}
          </div>
          <RecipeForm
            document={draft.document}
            base={source.document}
            changes={changes}
            problems={draft.problems}
            disabled={!project.canEdit}
            onChange={change}
          />
        </div>
        <PreviewPanel recipe={draft.document} />
      </div>
    </Page>
  );
}
