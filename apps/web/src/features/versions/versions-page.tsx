'use client';

import { useQuery } from '@apollo/client/react';
import { History, Play } from 'lucide-react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject, useProjectChanges } from '#web/components/frame/project-context.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { CopyLink, HashChip } from '#web/components/ui/copy.tsx';
import { Field } from '#web/components/ui/field.tsx';
import { Page, PageHeader, Section } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton, SkeletonRows } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { DatasetVersionsQuery } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { rereadShown } from '#web/graphql/reread-shown.ts';
import { count, plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { splitCounts } from '../datasets/counts.ts';
import { changeKinds } from './difference-words.ts';
import { DifferenceView } from './difference-view.tsx';
import { versionsDocument } from './documents.ts';

const pageSize = 50;

type Version = NonNullable<DatasetVersionsQuery['dataset']>['versionPage']['edges'][number]['node'];

/** The dataset as it is now, as the other end of a comparison. */
const NOW = 'now';

/** "120 train, 12 validation, 60 test" */
function splitsInWords({ counts }: Version): string {
  return Object.entries(splitCounts(counts))
    .filter(([, images]) => images > 0)
    .map(([split, images]) => `${count(images)} ${split}`)
    .join(', ');
}

/** The snapshots of a dataset, and what changed between any two of them, or since one. Which two stands in the address. */
export function VersionsPage({ datasetId }: { datasetId: string }) {
  const project = useProject();
  const query = useQueryState();
  const { data, error, refetch, fetchMore } = useQuery(versionsDocument, { variables: { datasetId, first: pageSize } });
  const dataset = data?.dataset?.project.id === project.id ? data.dataset : null;
  const page = dataset?.versionPage;
  useProjectChanges(['project', 'run'], () => rereadShown(refetch, page, pageSize));
  const versions = nodes(page);
  const home = `/projects/${project.id}/datasets/${datasetId}`;
  useBreadcrumb(
    { label: 'Datasets', href: `/projects/${project.id}/datasets` },
    { label: dataset?.name ?? 'Dataset', href: home },
    { label: 'Versions' },
  );
  const from = query.get('from') ?? versions[0]?.id ?? null;
  const to = query.get('to') ?? NOW;
  const kind = changeKinds.find((one) => one === query.get('kind')) ?? null;

  if ((error && !data) || (data && !dataset))
    return (
      <Page narrow>
        {error ? (
          <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} />
        ) : (
          <EmptyState
            whole
            title="No such dataset"
            action={<ButtonLink href={`/projects/${project.id}/datasets`}>All datasets</ButtonLink>}
          >
            It may have been deleted, or belong to another project.
          </EmptyState>
        )}
      </Page>
    );

  const options = versions.map(({ id, number, imageCount }) => ({
    value: id,
    label: `Version ${number}`,
    detail: plural(imageCount, 'image'),
  }));
  // A link may name a version that the page of the list does not reach.
  const named = [from, to].filter((id): id is string => id !== null && id !== NOW && !versions.some((version) => version.id === id));
  const every = [...options, ...named.map((id) => ({ value: id, label: 'The version of the link', detail: id }))];

  return (
    <Page>
      <PageHeader
        title={dataset ? `Versions of ${dataset.name}` : <Skeleton className="h-7 w-64" />}
        actions={
          <>
            <CopyLink compact />
            <ButtonLink href={home}>The images</ButtonLink>
          </>
        }
      >
        A training freezes the dataset as a version: every image with its split, label and mask. The same content is the same version.
      </PageHeader>
      {page && versions.length === 0 ? (
        <EmptyState
          icon={<History />}
          title="No version yet"
          action={
            project.canEdit ? (
              <ButtonLink tone="primary" href={`/projects/${project.id}/runs/new?dataset=${datasetId}`}>
                <Play /> Train
              </ButtonLink>
            ) : null
          }
        >
          The first training takes the first one.
        </EmptyState>
      ) : (
        <>
          <Table>
            <thead>
              <tr>
                <HeadCell numeric>Version</HeadCell>
                <HeadCell>Taken</HeadCell>
                <HeadCell numeric>Images</HeadCell>
                <HeadCell className="max-md:hidden">Splits</HeadCell>
                <HeadCell numeric>Masks</HeadCell>
                <HeadCell numeric>Runs</HeadCell>
                <HeadCell>Hash</HeadCell>
                <HeadCell>
                  <span className="sr-only">Difference</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {page ? (
                versions.map((version, index) => (
                  <Row key={version.id}>
                    <Cell numeric className="font-medium">
                      {version.number}
                    </Cell>
                    <Cell className="text-ink-2">
                      <RelativeTime at={version.createdAt} />
                    </Cell>
                    <Cell numeric>{count(version.imageCount)}</Cell>
                    <Cell className="text-ink-2 max-md:hidden">{splitsInWords(version)}</Cell>
                    <Cell numeric>{count(version.maskCount)}</Cell>
                    <Cell numeric>{count(version.runCount)}</Cell>
                    <Cell>
                      <HashChip hash={version.contentHash} label="version hash" />
                    </Cell>
                    <Cell className="w-0">
                      <Changes
                        version={version}
                        before={versions[index + 1]}
                        onShow={(a, b) => query.set({ from: a, to: b, kind: null })}
                      />
                    </Cell>
                  </Row>
                ))
              ) : (
                <SkeletonRows rows={3} columns={8} />
              )}
            </tbody>
          </Table>
          <ShowMore connection={page} onMore={(after) => fetchMore({ variables: { after } })} />
          <Section title="What changed">
            {from ? (
              <>
                <div className="mb-1 flex flex-wrap gap-2">
                  <Field label="From" className="w-56">
                    {(field) => (
                      <Select {...field} value={from} options={every} onValueChange={(id) => query.set({ from: id, kind: null })} />
                    )}
                  </Field>
                  <Field label="To" className="w-56">
                    {(field) => (
                      <Select
                        {...field}
                        value={to}
                        options={[{ value: NOW, label: 'Now', detail: 'as the dataset is' }, ...every]}
                        onValueChange={(id) => query.set({ to: id === NOW ? null : id, kind: null })}
                      />
                    )}
                  </Field>
                </div>
                <DifferenceView
                  key={`${from}/${to}`}
                  datasetId={datasetId}
                  from={from}
                  to={to === NOW ? null : to}
                  kind={kind}
                  onKind={(next) => query.set({ kind: next })}
                />
              </>
            ) : (
              <Skeleton className="h-64 rounded-md" />
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

/** The two questions that are asked of a version: what changed since it, and what it changed. */
function Changes({
  version,
  before,
  onShow,
}: {
  version: Version;
  before: Version | undefined;
  onShow: (from: string, to: string | null) => void;
}) {
  return (
    <span className="flex justify-end gap-1">
      {before ? (
        <Button size="small" tone="quiet" onClick={() => onShow(before.id, version.id)}>
          Since version {before.number}
        </Button>
      ) : null}
      <Button size="small" tone="quiet" onClick={() => onShow(version.id, null)}>
        Until now
      </Button>
    </span>
  );
}
