import { expect, it } from 'vitest';
import { refusalInWords } from './refusals.ts';

it('a refusal is told in our own words, whatever stands in the address', () => {
  expect(refusalInWords('unknown', 'Example')).toContain('Ask an admin of your team to invite');
  for (const typed of ['Call 555-0100', 'constructor', '__proto__', ''])
    expect(refusalInWords(typed, 'Example')).toMatch(/^Example did not sign you in/);
});
