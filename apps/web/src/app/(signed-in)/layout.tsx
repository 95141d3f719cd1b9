import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { ApiUnreachable } from '#web/components/frame/api-unreachable.tsx';
import { Frame } from '#web/components/frame/frame.tsx';
import { requireViewer } from '#web/server/viewer.ts';

/** Everything below is for signed-in people; the way back after signing in is the address asked for. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer((await headers()).get('x-plumbline-path') ?? '/');
  if (!viewer) return <ApiUnreachable />;
  return <Frame viewer={viewer}>{children}</Frame>;
}
