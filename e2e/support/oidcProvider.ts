import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A person at the provider; the login is what they type there. */
export interface ProviderPerson {
  readonly email: string;
  readonly verified: boolean;
  readonly name: string;
}

export interface OidcProviderHere {
  readonly issuer: string;
  readonly client: { readonly id: string; readonly secret: string };
  readonly people: Map<string, ProviderPerson>;
  /** Begins to answer, once the address of the platform is known. */
  serve(platform: string): void;
  stop(): Promise<void>;
}

/** A certified OIDC provider on this machine with its own pages for login and consent; it insists on PKCE. */
export async function startOidcProvider(): Promise<OidcProviderHere> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { id: 'plumbline', secret: 'a secret of this test' };
  const people = new Map<string, ProviderPerson>();
  return {
    issuer,
    client,
    people,
    serve(platform) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [`${platform}/api/auth/callback/oidc`],
            grant_types: ['authorization_code'],
            response_types: ['code'],
          },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        pkce: { required: () => true },
        cookies: { keys: ['a key of this test'] },
        findAccount: (_context, login) => {
          const person = people.get(login);
          return (
            person && {
              accountId: login,
              claims: () => ({ sub: login, email: person.email, email_verified: person.verified, name: person.name }),
            }
          );
        },
      });
      server.on('request', provider.callback());
    },
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
