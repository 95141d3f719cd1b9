import type { ApiTokenScope, Role } from '@plumbline/prisma';

/** What a request came with: a sign-in of a browser, or an ApiToken. */
export type Credential =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'token'; readonly id: string; readonly name: string; readonly scopes: readonly ApiTokenScope[] };

/** Who asks: a person by a live credential, with their role in each team that it reaches. Never older than a few seconds. */
export interface Actor {
  readonly userId: string;
  readonly credential: Credential;
  readonly name: string;
  readonly email: string;
  /** An ApiToken reaches one team. */
  readonly roles: ReadonlyMap<string, Role>;
}

const dayMs = 24 * 3600 * 1000;
/** How long a sign-in lives at most; its cookie lives as long. */
export const sessionLifeMs = 30 * dayMs;
/** How long it lives unused. */
const idleLifeMs = 7 * dayMs;

/** When a sign-in ends that is used now. */
export function sessionEnd(createdAt: Date, now = Date.now()): Date {
  return new Date(Math.min(createdAt.getTime() + sessionLifeMs, now + idleLifeMs));
}
