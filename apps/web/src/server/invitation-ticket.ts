import { cookies } from 'next/headers';

/** Holds the ticket of an invitation while a person is away at the OIDC provider; only the routes of signing in get to see it. */
const name = 'plumbline.invitation-ticket';
const path = '/api/auth';
const lifeSeconds = 10 * 60;
const longest = 3000;

/** Keeps the ticket of this very attempt to sign in; without one, none of an earlier attempt is left. */
export async function keepTicket(ticket: string): Promise<void> {
  const jar = await cookies();
  const secure = process.env.NEXTAUTH_URL?.startsWith('https:') === true;
  const value = ticket.length <= longest ? ticket : '';
  jar.set({ name, value, path, httpOnly: true, sameSite: 'lax', secure, maxAge: value === '' ? 0 : lifeSeconds });
}

/** The ticket, which is used up by this. */
export async function takeTicket(): Promise<string | null> {
  const ticket = (await cookies()).get(name)?.value;
  await keepTicket('');
  return ticket || null;
}
