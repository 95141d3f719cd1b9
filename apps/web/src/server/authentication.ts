import { headers } from 'next/headers';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { askForSession, visitorOf } from './internal.ts';
import { takeTicket } from './invitation-ticket.ts';
import { oidcProvider, type OidcProfile } from './oidc-provider.ts';
import { readOidc } from './oidc.ts';

/** What is kept of a person while next-auth signs them in. */
interface Entering {
  id: string;
  name?: string | null;
  email?: string | null;
  sessionId?: string;
}

/**
 * Sign-in with e-mail and password, or by an OIDC provider. The API decides and opens the Session row; the token names that row (`sid`), so that
 * revoking it ends the sign-in everywhere, and the API alone renews the cookie. Errors carry the API's sentence to the form, or a word for
 * the page.
 */
export function authentication(): NextAuthOptions {
  const provider = readOidc();
  return {
    secret: process.env.NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [passwordProvider, ...(provider ? [oidcProvider(provider)] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== 'oidc') return true;
        const refusal = await enterByOidc(user, profile as unknown as OidcProfile);
        return refusal === null || `/sign-in?error=${refusal}`;
      },
      jwt({ token, user }) {
        const { id, name, email, sessionId } = (user ?? {}) as Partial<Entering>;
        return id === undefined ? token : { sub: id, name: name ?? null, email: email ?? null, sid: sessionId };
      },
    },
  };
}

const passwordProvider = CredentialsProvider({
  name: 'E-mail and password',
  credentials: { email: { type: 'email' }, password: { type: 'password' } },
  async authorize(credentials, request) {
    const given = new Headers(Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(value)]));
    const answer = await askForSession('/internal/sign-in', {
      email: credentials?.email ?? '',
      password: credentials?.password ?? '',
      ...visitorOf(given),
    });
    if (answer.kind === 'away') throw new Error('The API does not answer; it may be starting. Try again in a moment.');
    if (answer.kind === 'refused') throw new Error(answer.message);
    return answer;
  },
});

/** Turns who the provider knows into who we know. @returns why not, in one word of the sign-in page; or null */
async function enterByOidc(user: Entering, profile: OidcProfile): Promise<string | null> {
  const { iss: issuer, sub: subject, email, email_verified: verified, name } = profile;
  const claims = { issuer, subject, email: email ?? null, emailVerified: verified === true || verified === 'true', name: name ?? null };
  const answer = await askForSession('/internal/oidc-sign-in', { claims, ticket: await takeTicket(), ...visitorOf(await headers()) });
  if (answer.kind !== 'signed-in') return answer.kind === 'away' ? 'away' : answer.reason;
  const { kind: _, ...entered } = answer;
  Object.assign(user, entered);
  return null;
}
