import { describe, expect, it } from 'vitest';
import { ByteCache } from './byte-cache.ts';

describe('cache bounded in bytes', () => {
  it('drops the entry used longest ago when the bound is passed', () => {
    const cache = new ByteCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
    expect(cache.bytes).toBe(8);
  });

  it('never holds more than its bound', () => {
    const cache = new ByteCache<number>(100);
    for (let i = 0; i < 500; i++) {
      cache.set(`k${i % 37}`, i, (i * 13) % 60);
      expect(cache.bytes).toBeLessThanOrEqual(100);
    }
  });

  it('does not keep an entry larger than the bound, and counts a replaced one once', () => {
    const cache = new ByteCache<number>(10);
    cache.set('small', 1, 6);
    cache.set('huge', 2, 11);
    cache.set('small', 3, 5);
    expect([cache.get('huge'), cache.get('small'), cache.bytes, cache.size]).toEqual([undefined, 3, 5, 1]);
  });
});
