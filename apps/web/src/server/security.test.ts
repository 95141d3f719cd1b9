import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from './security.ts';

const publicUrl = new URL('https://inspect.example:8443');

describe('contentSecurityPolicy', () => {
  it('lets only scripts with the nonce run and loads nothing from elsewhere', () => {
    const policy = contentSecurityPolicy({ nonce: 'abc', publicUrl, development: false });
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
    expect(scripts).toContain("'nonce-abc'");
    expect(scripts).not.toMatch(/unsafe-inline|'unsafe-eval'/);
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.match(/https?:/g)).toBeNull();
  });

  it('allows the WebSocket of its own host, encrypted when the page is', () => {
    expect(contentSecurityPolicy({ nonce: 'n', publicUrl, development: false })).toContain('wss://inspect.example:8443');
    expect(contentSecurityPolicy({ nonce: 'n', publicUrl: new URL('http://127.0.0.1:3000'), development: false })).toContain(
      'ws://127.0.0.1:3000',
    );
  });
});

describe('securityHeaders', () => {
  it('promises https only when the public address is https', () => {
    expect(securityHeaders(publicUrl)).toHaveProperty('Strict-Transport-Security');
    expect(securityHeaders(new URL('http://127.0.0.1:3000'))).not.toHaveProperty('Strict-Transport-Security');
  });
});
