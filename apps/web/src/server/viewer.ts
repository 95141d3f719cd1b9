import { print } from 'graphql';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { returnAddress } from '#web/lib/return-address.ts';
import { setupDocument, viewerDocument } from '#web/features/account/documents.ts';
import type { SetupQuery, SetupQueryVariables, ViewerQuery } from '#web/graphql/generated/graphql.ts';

export type Viewer = NonNullable<ViewerQuery['me']>;
export type ViewerResult =
  { readonly kind: 'viewer'; readonly viewer: Viewer } | { readonly kind: 'anonymous' } | { readonly kind: 'unreachable' };

async function ask<T>(document: Parameters<typeof print>[0], variables: object = {}): Promise<T | null> {
  const jar = await cookies();
  try {
    const answer = await fetch(`${process.env.PLUMBLINE_API_URL}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: jar.toString() },
      body: JSON.stringify({ query: print(document), variables }),
      cache: 'no-store',
      signal: AbortSignal.timeout(8_000),
    });
    const body = (await answer.json()) as { data?: T | null };
    return body.data ?? null;
  } catch {
    return null;
  }
}

/** Who is looking, asked of the API (so that a revoked session is anonymous), once an answer. */
export const readViewer = cache(async (): Promise<ViewerResult> => {
  const data = await ask<ViewerQuery>(viewerDocument);
  if (!data) return { kind: 'unreachable' };
  return data.me ? { kind: 'viewer', viewer: data.me } : { kind: 'anonymous' };
});

/** Whether the first owner is still missing, and whether the link with this token would make it; null when the API does not answer. */
export async function readSetup(token: string): Promise<SetupQuery['setup'] | null> {
  const variables: SetupQueryVariables = { token };
  return (await ask<SetupQuery>(setupDocument, variables))?.setup ?? null;
}

/** The signed-in person, or a redirect to sign-in that comes back to `returnTo`; null when the API does not answer. */
export async function requireViewer(returnTo: string): Promise<Viewer | null> {
  const result = await readViewer();
  if (result.kind === 'anonymous') redirect(`/sign-in?next=${encodeURIComponent(returnAddress(returnTo))}`);
  return result.kind === 'viewer' ? result.viewer : null;
}
