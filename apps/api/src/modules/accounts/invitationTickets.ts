import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';

const lifeSeconds = 10 * 60;
const salt = 'invitation ticket';
const claims = z.object({ invitationId: z.uuid() });

/**
 * A ticket stands for an invitation's link for ten minutes, while a person is away at an OIDC provider: the link's secret itself stays in
 * their browser. It is encrypted, so that nothing has to be kept.
 */
export interface InvitationTickets {
  issue(invitationId: string): Promise<string>;
  /** The invitation's row id; null for what is no ticket, or no longer. */
  read(ticket: string): Promise<string | null>;
}

export function createInvitationTickets(secret: string): InvitationTickets {
  return {
    issue: (invitationId) => encode({ token: { invitationId }, secret, salt, maxAge: lifeSeconds }),
    async read(token) {
      const parsed = claims.safeParse(await decode({ token, secret, salt }).catch(() => null));
      return parsed.success ? parsed.data.invitationId : null;
    },
  };
}
