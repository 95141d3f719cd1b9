import { describe, expect, it } from 'vitest';
import { readOidc } from './oidc.ts';

const complete = {
  PLUMBLINE_OIDC_ISSUER: 'https://login.example.org/',
  PLUMBLINE_OIDC_CLIENT_ID: 'plumbline',
  PLUMBLINE_OIDC_CLIENT_SECRET: 'never printed',
};

describe('readOidc', () => {
  it('is null without, and a provider called by its host or by its name', () => {
    expect(readOidc({})).toBeNull();
    expect(readOidc(complete)).toMatchObject({ issuer: 'https://login.example.org', name: 'login.example.org' });
    expect(readOidc({ ...complete, PLUMBLINE_OIDC_NAME: 'Example Inc.' })?.name).toBe('Example Inc.');
  });

  it('refuses half a configuration and names what is missing', () => {
    expect(() => readOidc({ ...complete, PLUMBLINE_OIDC_CLIENT_ID: ' ' })).toThrow(/set PLUMBLINE_OIDC_CLIENT_ID, too/);
    expect(() => readOidc({ PLUMBLINE_OIDC_ISSUER: complete.PLUMBLINE_OIDC_ISSUER })).toThrow(/CLIENT_ID and PLUMBLINE_OIDC_CLIENT_SECRET/);
  });

  it('refuses an issuer that is not encrypted, but on this machine', () => {
    for (const issuer of ['http://login.example.org', 'login.example.org', 'file:///etc/passwd', 'http://127.0.0.1.evil.net'])
      expect(() => readOidc({ ...complete, PLUMBLINE_OIDC_ISSUER: issuer }), issuer).toThrow(/^PLUMBLINE_OIDC_ISSUER is no https address/);
    expect(readOidc({ ...complete, PLUMBLINE_OIDC_ISSUER: 'http://127.0.0.1:4444' })?.issuer).toBe('http://127.0.0.1:4444');
  });
});
