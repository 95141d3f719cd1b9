import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';

const signedIn = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  sessionId: z.string(),
});
const refused = z.object({ message: z.string() });

/**
 * Sign-in with e-mail and password. The API checks the password and opens the Session row; the token names that row (`sid`), so that revoking
 * it ends the sign-in everywhere. Errors carry the API's sentence to the form.
 */
export const authentication: NextAuthOptions = {
  secret: process.env.NEXTAUTH_SECRET,
  session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    CredentialsProvider({
      name: 'E-mail and password',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(credentials, request) {
        const answer = await fetch(`${process.env.PLUMBLINE_API_URL}/internal/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-plumbline-internal': process.env.PLUMBLINE_INTERNAL_SECRET ?? '' },
          body: JSON.stringify({
            email: credentials?.email ?? '',
            password: credentials?.password ?? '',
            userAgent: String(request.headers?.['user-agent'] ?? '').slice(0, 400),
            address: String(request.headers?.['x-plumbline-address'] ?? '').slice(0, 100) || null,
          }),
          signal: AbortSignal.timeout(10_000),
        }).catch(() => {
          throw new Error('The API does not answer; it may be starting. Try again in a moment.');
        });
        const body: unknown = await answer.json().catch(() => null);
        if (!answer.ok) throw new Error(refused.safeParse(body).data?.message ?? 'Sign-in failed. Try again in a moment.');
        const { user, sessionId } = signedIn.parse(body);
        return { ...user, sessionId };
      },
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      if (user) {
        token.sub = user.id;
        token.sid = (user as { sessionId?: string }).sessionId;
      }
      return token;
    },
  },
};
