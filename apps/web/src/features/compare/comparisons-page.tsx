'use client';

import { useQuery } from '@apollo/client/react';
import { Plus, Scale } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { ComparisonMenu } from './comparison-menu.tsx';
import { comparisonsDocument } from './documents.ts';
import { useComparisonActs } from './use-comparison-acts.ts';

const pageSize = 50;

/** Saved comparisons of a project. */
export function ComparisonsPage() {
  const project = useProject();
  const router = useRouter();
  const base = `/projects/${project.id}/compare`;
  const variables = { projectId: project.id, first: pageSize };
  const { data, error, refetch, fetchMore } = useQuery(comparisonsDocument, { variables, fetchPolicy: 'cache-and-network' });
  useBreadcrumb({ label: 'Compare' });
  const acts = useComparisonActs(project.id);
  const connection = data?.project?.comparisons;
  useProjectChanges(['project'], () => rereadShown(refetch, connection, pageSize));
  const comparisons = connection && nodes(connection);
  const start = (
    <ButtonLink tone="primary" href={`${base}/new`}>
      <Plus /> New comparison
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader title="Compare" actions={start}>
        Variants side by side: the paper’s tables, curves, ranks and scores of any evaluations.
      </PageHeader>
      {error && !data ? (
        <ErrorState title="The comparisons could not be loaded" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : comparisons?.length === 0 ? (
        <EmptyState icon={<Scale />} title="No comparison is saved yet" action={start}>
          Choose variants and classes, an experiment, or evaluations by hand; what you see can then be saved and shared.
        </EmptyState>
      ) : (
        <Table>
          <thead>
            <tr>
              <HeadCell>Comparison</HeadCell>
              <HeadCell numeric>Evaluations</HeadCell>
              <HeadCell className="max-md:hidden">By</HeadCell>
              <HeadCell>Changed</HeadCell>
              <HeadCell>
                <span className="sr-only">More</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {comparisons ? (
              comparisons.map((one) => (
                <Row key={one.id}>
                  <Cell className="max-w-80 truncate font-medium">
                    <Link href={`${base}/${one.id}`} className="after:absolute after:inset-0">
                      {one.name}
                    </Link>
                  </Cell>
                  <Cell numeric>{one.evaluationIds.length}</Cell>
                  <Cell className="text-ink-2 max-md:hidden">{one.createdBy?.name ?? 'somebody who left'}</Cell>
                  <Cell className="text-ink-2">
                    <RelativeTime at={one.updatedAt} />
                  </Cell>
                  <Cell className="w-10 text-right">
                    {project.canEdit ? (
                      <ComparisonMenu comparison={one} acts={acts} onDuplicated={(id) => router.push(`${base}/${id}`)} />
                    ) : null}
                  </Cell>
                </Row>
              ))
            ) : (
              <SkeletonRows rows={4} columns={5} />
            )}
          </tbody>
        </Table>
      )}
      <ShowMore connection={connection} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
