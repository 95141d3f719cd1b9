import { z } from 'zod';

const signedIn = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  sessionId: z.string(),
});
const refused = z.object({ message: z.string().optional(), reason: z.string().optional() });

export type Entry =
  | { readonly kind: 'signed-in'; readonly id: string; readonly name: string; readonly email: string; readonly sessionId: string }
  | { readonly kind: 'refused'; readonly message: string; readonly reason: string }
  | { readonly kind: 'away' };

/** Who visits us, as the API keeps it; our own server set the address. */
export function visitorOf(headers: { get(name: string): string | null | undefined }): { userAgent: string; address: string | null } {
  return {
    userAgent: (headers.get('user-agent') ?? '').slice(0, 400),
    address: headers.get('x-plumbline-address')?.slice(0, 100) || null,
  };
}

/** Asks the API for a session, by a route that exists for us alone. */
export async function askForSession(path: '/internal/sign-in' | '/internal/oidc-sign-in', body: object): Promise<Entry> {
  const answer = await fetch(`${process.env.PLUMBLINE_API_URL}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline-internal': process.env.PLUMBLINE_INTERNAL_SECRET ?? '' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  if (!answer) return { kind: 'away' };
  const found: unknown = await answer.json().catch(() => null);
  if (answer.ok) {
    const { user, sessionId } = signedIn.parse(found);
    return { kind: 'signed-in', ...user, sessionId };
  }
  const { message = 'Sign-in failed. Try again in a moment.', reason = 'failed' } = refused.safeParse(found).data ?? {};
  return { kind: 'refused', message, reason };
}
