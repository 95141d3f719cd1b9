import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as Leaving from './leaving.ts';

const place = { pathname: '/runs', search: '', href: 'http://here/runs' };
const go = (pathname: string, search = ''): void =>
  void Object.assign(place, { pathname, search, href: `http://here${pathname}${search}` });

let own: typeof Leaving;
beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { location: place, addEventListener: () => undefined });
  vi.resetModules();
  own = await import('./leaving.ts');
  go('/runs');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page is being left from the press until its successor is there', () => {
  expect(own.leaving()).toBe(false);
  own.navigationBegins('/datasets');
  expect(own.leaving()).toBe(true);
  go('/datasets');
  expect(own.leaving()).toBe(false);
});

test('another query of the same page is fetched, too; the same one is not', () => {
  own.navigationBegins('/runs?state=failed');
  expect(own.leaving()).toBe(true);
  go('/runs', '?state=failed');
  own.navigationBegins('/runs?state=failed');
  expect(own.leaving()).toBe(false);
});

test('what waits is written before the page is left, and that does not end it', () => {
  const stay = own.beforeLeaving(() => go('/runs', '?text=brick'));
  own.navigationBegins('/datasets');
  expect([place.search, own.leaving()]).toEqual(['?text=brick', true]);
  stay();
});

test('an address that is written later has taken the page’s place, and one that never comes is given up', () => {
  own.navigationBegins('/datasets');
  go('/runs', '?text=brick');
  expect(own.leaving()).toBe(false);
  go('/runs');
  own.navigationBegins('/datasets');
  vi.advanceTimersByTime(31_000);
  expect(own.leaving()).toBe(false);
});
