export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it, on the buttons. */
  readonly name: string;
}

const needed = ['PLUMBLINE_OIDC_ISSUER', 'PLUMBLINE_OIDC_CLIENT_ID', 'PLUMBLINE_OIDC_CLIENT_SECRET'] as const;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The OIDC provider of this installation; null where none is configured.
 * @throws Error with one sentence for half a configuration, or an issuer that anybody on the way could pretend to be; values are never printed
 */
export function readOidc(source: Readonly<Record<string, string | undefined>> = process.env): OidcProvider | null {
  const values = needed.map((name) => source[name]?.trim() ?? '');
  const [issuer = '', clientId = '', clientSecret = ''] = values;
  if (values.every((value) => value === '')) return null;
  const missing = needed.filter((_, i) => values[i] === '');
  if (missing.length > 0) throw new Error(`Sign-in by OIDC is configured by half: set ${missing.join(' and ')}, too, or none of them.`);
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))))
    throw new Error('PLUMBLINE_OIDC_ISSUER is no https address; copy the issuer from your provider, such as https://login.example.org.');
  return { issuer: issuer.replace(/\/$/, ''), clientId, clientSecret, name: source['PLUMBLINE_OIDC_NAME']?.trim() || url.host };
}
