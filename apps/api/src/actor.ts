import type { Role } from '@plumbline/prisma';

/** Who asks: a person in a live session, with their role in each team. Never older than a few seconds. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: ReadonlyMap<string, Role>;
}

/** How long a sign-in lives unused; the token lives as long. */
export const sessionLifeMs = 30 * 24 * 3600 * 1000;
