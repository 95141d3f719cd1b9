import { describe, expect, it } from 'vitest';
import { trustOnlyOurs } from './visitor-headers.ts';

describe('the headers of a visitor', () => {
  it('say nothing of who and where they are but what the socket says, and keep everything else', () => {
    const headers = {
      host: 'plumbline.example.org',
      origin: 'https://plumbline.example.org',
      cookie: 'a=b',
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-user': 'owner@example.org',
      forwarded: 'for=198.51.100.7',
      'x-plumbline-address': '198.51.100.7',
      'x-plumbline-internal': 'guessed',
      'x-middleware-subrequest': 'middleware',
      'content-security-policy': 'default-src *',
    };
    trustOnlyOurs(headers, '203.0.113.9');
    expect(headers).toEqual({
      host: 'plumbline.example.org',
      origin: 'https://plumbline.example.org',
      cookie: 'a=b',
      'x-forwarded-for': '203.0.113.9',
    });
    trustOnlyOurs(headers, undefined);
    expect(headers).not.toHaveProperty('x-forwarded-for');
  });
});
