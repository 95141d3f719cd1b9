import type { ApolloClient } from '@apollo/client';
import { signOut } from 'next-auth/react';
import { revokeSessionDocument, sessionsDocument } from './documents.ts';

/**
 * Signs out: ends the Session row, so that a copied cookie is worth nothing, then drops the cookie.
 * @param go where to then, by a full load; the address of the page is not told to the server
 */
export async function leave(client: ApolloClient, go = () => window.location.assign('/sign-in')): Promise<void> {
  try {
    const { data } = await client.query({ query: sessionsDocument, fetchPolicy: 'network-only' });
    const current = data?.me?.sessions.find((session) => session.current);
    if (current) await client.mutate({ mutation: revokeSessionDocument, variables: { id: current.id } });
  } catch {
    // An API that is away must not keep anybody signed in here.
  }
  await signOut({ redirect: false, callbackUrl: '/sign-in' });
  go();
}
