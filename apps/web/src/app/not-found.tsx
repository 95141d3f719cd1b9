import { headers } from 'next/headers';
import { Frame } from '#web/components/frame/frame.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { Page } from '#web/components/ui/page.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';
import { readViewer } from '#web/server/viewer.ts';

/**
 * An address that leads nowhere. Who is signed in keeps the frame with its ways on. (A route that catches every address would do the same,
 * but Next would then claim the WebSocket of /graphql as a page of it.)
 */
export default async function NotFoundPage() {
  const result = await readViewer();
  const page = (
    <EmptyState whole title="There is no such page" action={<ButtonLink href="/">Go to your projects</ButtonLink>}>
      The address may be incomplete.
    </EmptyState>
  );
  if (result.kind !== 'viewer') return <main className="flex min-h-[60dvh] items-center justify-center p-4">{page}</main>;
  const path = (await headers()).get('x-plumbline-path') ?? '';
  return (
    <Frame viewer={result.viewer} projectId={/^\/projects\/([^/?]+)/.exec(path)?.[1]}>
      <Page narrow>{page}</Page>
    </Frame>
  );
}
