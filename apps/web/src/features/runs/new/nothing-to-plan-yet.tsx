import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';

export interface NothingToPlanYetProps {
  /** Of the page: "New training". */
  readonly title: string;
  /** What would be planned: "A training". */
  readonly what: string;
  readonly projectId: string;
  /** True where the project has none; otherwise what there is is still being loaded. */
  readonly noDataset: boolean;
}

/** Stands in place of a form that plans training until there is something to plan with. */
export function NothingToPlanYet({ title, what, projectId, noDataset }: NothingToPlanYetProps) {
  if (noDataset)
    return (
      <Page narrow>
        <PageHeader title={title} />
        <EmptyState
          title={`${what} needs a dataset`}
          action={
            <ButtonLink tone="primary" href={`/projects/${projectId}/datasets?new=1`}>
              New dataset
            </ButtonLink>
          }
        >
          Make one and drop images of good parts on it; this page is next.
        </EmptyState>
      </Page>
    );
  return (
    <Page>
      <Skeleton className="h-7 w-44" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-64" />
      </div>
    </Page>
  );
}
