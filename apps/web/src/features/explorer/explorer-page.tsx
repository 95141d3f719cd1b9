'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';

/** The editor is large: it comes with this page alone, and never from the server. */
const Explorer = dynamic(() => import('./explorer.tsx').then((module) => module.Explorer), {
  ssr: false,
  loading: () => <Skeleton className="min-h-0 flex-1 rounded-md" />,
});

/** The GraphQL API by hand: write an operation, run it as yourself, read what there is. */
export function ExplorerPage() {
  useBreadcrumb({ label: 'API explorer' });
  return (
    <div className="flex h-full min-h-[520px] flex-col gap-4 px-4 py-5 md:px-6">
      <PageHeader title="API explorer">
        Everything that these pages do, by hand. Operations run as yourself, on your real data: a mutation changes it. Programs ask with a{' '}
        <Link className="text-accent-ink underline hover:no-underline" href="/account">
          token
        </Link>
        .
      </PageHeader>
      <Explorer />
    </div>
  );
}
