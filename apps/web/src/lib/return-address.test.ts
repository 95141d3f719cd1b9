import { describe, expect, it } from 'vitest';
import { returnAddress } from './return-address.ts';

describe('returnAddress', () => {
  it('keeps a path of this site with its query', () => {
    expect(returnAddress('/projects/prj_1/runs?state=failed')).toBe('/projects/prj_1/runs?state=failed');
    expect(returnAddress('/projects/prj_1?_rsc=abc&x=1')).toBe('/projects/prj_1?x=1');
  });

  it('never leads to another site or round in a circle', () => {
    for (const wanted of [
      null,
      '',
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/sign-in?next=/',
      '/welcome',
    ]) {
      expect(returnAddress(wanted), String(wanted)).toBe('/');
    }
  });
});
