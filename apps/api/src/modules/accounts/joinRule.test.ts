import { describe, expect, it } from 'vitest';
import { joinRuleOf } from './joinRule.ts';

describe('the rule of who may join', () => {
  it('lets nobody in by default, and whole domains only where they are named', () => {
    expect(joinRuleOf('')('ada@example.org')).toBe(false);
    const rule = joinRuleOf(' Example.org, plant.example.com ');
    for (const email of ['ada@example.org', 'eve@plant.example.com']) expect(rule(email), email).toBe(true);
    for (const email of ['ada@sub.example.org', 'ada@notexample.org', 'ada@example.org.evil.net', '"x@example.org"@evil.net'])
      expect(rule(email), email).toBe(false);
    expect(joinRuleOf('*')('ada@anywhere.net')).toBe(true);
  });

  it('refuses what is no domain', () => {
    for (const text of ['@example.org', 'example', '*.example.org', 'ada@example.org', 'example.org;example.com'])
      expect(() => joinRuleOf(text), text).toThrow('PLUMBLINE_OIDC_ALLOW');
  });
});
