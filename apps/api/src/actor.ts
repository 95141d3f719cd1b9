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

/** How long a sign-in lives unused; the token lives as long. */
export const sessionLifeMs = 30 * 24 * 3600 * 1000;
