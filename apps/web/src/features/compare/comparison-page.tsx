'use client';

import { useQuery } from '@apollo/client/react';
import { Save, Share2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink } from '#web/components/ui/copy.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { plural } from '#web/lib/numbers.ts';
import { BodySkeleton, ComparisonBody } from './comparison-body.tsx';
import { ComparisonMenu } from './comparison-menu.tsx';
import { useComparison } from './data/use-comparison.ts';
import { savedView, useCompareView } from './data/view.ts';
import { comparisonDocument } from './documents.ts';
import { ExportMenu } from './export-menu.tsx';
import { ShareDialog } from './share/share-dialog.tsx';
import { useComparisonActs } from './use-comparison-acts.ts';

/** A saved comparison. */
export function ComparisonPage({ comparisonId }: { readonly comparisonId: string }) {
  const project = useProject();
  const router = useRouter();
  const base = `/projects/${project.id}/compare`;
  const { data, error, refetch } = useQuery(comparisonDocument, { variables: { id: comparisonId }, fetchPolicy: 'cache-and-network' });
  const found = data?.comparison;
  const saved = useMemo(() => savedView(found?.view), [found?.view]);
  const view = useCompareView(saved);
  const { answer, busy } = useComparison(found?.compared, view);
  const acts = useComparisonActs(project.id);
  const [sharing, setSharing] = useState(false);
  useBreadcrumb({ label: 'Compare', href: base }, { label: found?.name ?? 'Comparison' });
  const comparison = !busy && answer && 'comparison' in answer ? answer.comparison : null;

  if (error && !data)
    return (
      <Page>
        <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} />
      </Page>
    );
  if (data && !found)
    return (
      <Page narrow>
        <EmptyState whole title="No such comparison" action={<ButtonLink href={base}>All comparisons</ButtonLink>}>
          It may have been deleted, or belong to another team.
        </EmptyState>
      </Page>
    );
  if (!found)
    return (
      <Page>
        <BodySkeleton />
      </Page>
    );
  return (
    <Page>
      <PageHeader
        title={found.name}
        actions={
          <>
            <CopyLink compact />
            {project.canEdit && view.changed ? (
              <Button onClick={() => void acts.keepView(found, view.current)}>
                <Save /> Save view
              </Button>
            ) : null}
            <ExportMenu comparison={comparison} />
            {project.canEdit ? (
              <>
                <Button onClick={() => setSharing(true)}>
                  <Share2 /> Share
                </Button>
                <ComparisonMenu
                  comparison={found}
                  acts={acts}
                  onDuplicated={(id) => router.push(`${base}/${id}`)}
                  onDeleted={() => router.push(base)}
                />
              </>
            ) : null}
          </>
        }
      >
        {plural(found.evaluationIds.length, 'evaluation')}, saved by {found.createdBy?.name ?? 'somebody who left'}, changed{' '}
        <RelativeTime at={found.updatedAt} />.
      </PageHeader>
      <ComparisonBody set={found.compared} answer={answer} busy={busy} view={view} projectId={project.id} />
      <ShareDialog key={String(sharing)} comparison={found} open={sharing} onOpenChange={setSharing} />
    </Page>
  );
}
