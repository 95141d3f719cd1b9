import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { OidcProvider } from './oidc.ts';

/** What the provider says of a person, from its ID token and its userinfo. */
export interface OidcProfile {
  readonly iss: string;
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: unknown;
}

/** The provider for next-auth: code flow with PKCE, state and nonce; the ID token is checked, and what it leaves out is asked for. */
export function oidcProvider({ issuer, clientId, clientSecret, name }: OidcProvider): OAuthConfig<OidcProfile> {
  return {
    id: 'oidc',
    name,
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    authorization: { params: { scope: 'openid email profile' } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    httpOptions: { timeout: 10_000 },
    userinfo: {
      async request({ tokens, client }) {
        // An instance of the library's TokenSet, whose type next-auth does not pass on.
        const { iss, sub, ...claims } = (tokens as typeof tokens & { claims(): OidcProfile }).claims();
        // Many providers keep e-mail and name out of the ID token. An answer about another person than the token's is refused there.
        const more = client.issuer.metadata.userinfo_endpoint && tokens.access_token ? await client.userinfo(tokens as never) : {};
        return { ...claims, ...more, iss, sub };
      },
    },
    profile: ({ sub, name: called, email }) => ({ id: sub, name: called ?? null, email: email ?? null }),
  };
}
