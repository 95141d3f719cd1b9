'use client';

import { useQuery } from '@apollo/client/react';
import { Play, Plus, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { HashChip } from '#web/components/ui/copy.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { count } from '#web/lib/numbers.ts';
import type { Recipe } from '@plumbline/ml/recipes';
import { variantsDocument } from './documents.ts';
import { changesInWords } from './recipe-changes.ts';
import { formQuery, trainingQuery } from './recipe-draft.ts';
import { baseName } from './recipe-source.ts';
import { notTrainedHere } from './recipe-words.ts';
import { VariantMenu } from './variant-menu.tsx';

const pageSize = 100;

/** The project's variants with what each changes of the catalogue's recipe that it came from. */
export function VariantsTable({ archived }: { archived: boolean }) {
  const project = useProject();
  const { data, error, refetch, fetchMore } = useQuery(variantsDocument, {
    variables: { projectId: project.id, first: pageSize, archived },
  });
  const page = data?.project?.variantPage;
  const reread = () => rereadShown(refetch, page, pageSize);
  useProjectChanges(['project', 'run'], reread);
  const variants = nodes(page);
  const base = `/projects/${project.id}`;

  if (error && !data) return <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (page && variants.length === 0)
    return archived ? (
      <EmptyState icon={<Workflow />} title="Nothing is archived">
        A variant that is not compared any more can be put out of the way here; its runs stay.
      </EmptyState>
    ) : (
      <EmptyState
        icon={<Workflow />}
        title="No variant yet"
        action={
          project.canEdit ? (
            <ButtonLink tone="primary" href={`${base}/recipes/form${formQuery(project.sample ? 'sample/ae' : 'ae')}`}>
              <Plus /> New variant
            </ButtonLink>
          ) : null
        }
      >
        A variant is a recipe under a name, and what you compare. Begin from one of the catalogue; a training saves one as well.
      </EmptyState>
    );

  return (
    <>
      <Table>
        <thead>
          <tr>
            <HeadCell>Variant</HeadCell>
            <HeadCell>From</HeadCell>
            <HeadCell className="max-md:hidden">Changed</HeadCell>
            <HeadCell>Hash</HeadCell>
            <HeadCell numeric>Runs</HeadCell>
            <HeadCell className="max-md:hidden">{archived ? 'Archived' : 'Made'}</HeadCell>
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {page ? (
            variants.map((variant) => {
              const document = variant.recipe.document as Recipe;
              const changed = changesInWords(document);
              return (
                <Row key={variant.id}>
                  <Cell className="max-w-72 font-medium">
                    <Link href={`${base}/recipes/form${formQuery(variant.id)}`} className="block truncate after:absolute after:inset-0">
                      {variant.name}
                    </Link>
                  </Cell>
                  <Cell className="text-ink-2">{baseName(document)}</Cell>
                  <Cell className="max-w-96 truncate text-ink-2 max-md:hidden" title={changed}>
                    {changed || <span className="text-ink-3">nothing</span>}
                  </Cell>
                  <Cell>
                    <HashChip hash={variant.recipe.hash} label="recipe hash" />
                  </Cell>
                  <Cell numeric>{count(variant.runCount)}</Cell>
                  <Cell className="text-ink-3 max-md:hidden">
                    <RelativeTime at={archived ? variant.archivedAt : variant.createdAt} className="relative z-10" />
                  </Cell>
                  <Cell className="w-0">
                    <span className="flex items-center justify-end gap-1">
                      {project.canEdit && notTrainedHere(document) === null ? (
                        <ButtonLink
                          size="small"
                          tone="quiet"
                          className="relative z-10 max-md:hidden"
                          href={`${base}/runs/new${trainingQuery(document, variant.name)}`}
                        >
                          <Play /> Train
                        </ButtonLink>
                      ) : null}
                      <VariantMenu variant={variant} onDeleted={reread} />
                    </span>
                  </Cell>
                </Row>
              );
            })
          ) : (
            <SkeletonRows rows={6} columns={7} />
          )}
        </tbody>
      </Table>
      <ShowMore connection={page} onMore={(after) => fetchMore({ variables: { after } })} />
    </>
  );
}
