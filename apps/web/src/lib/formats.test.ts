import { describe, expect, it } from 'vitest';
import { bytes, compact, count, fixed, percent, plural } from './numbers.ts';
import { duration, relativeTime, secondsBetween } from './time.ts';

describe('numbers', () => {
  it('write missing and undefined values as a dash, never as zero', () => {
    expect(fixed(null, 3)).toBe('–');
    expect(fixed(undefined, 3)).toBe('–');
    expect(fixed(Number.NaN, 3)).toBe('–');
    expect(fixed(0, 3)).toBe('0.000');
  });

  it('keep one decimal and change unit without showing 1000.0', () => {
    expect(bytes(999)).toBe('999 B');
    expect(bytes(1400)).toBe('1.4 kB');
    expect(bytes(999_960)).toBe('1.0 MB');
    expect(bytes(3.2e9)).toBe('3.2 GB');
    expect(compact(999)).toBe('999');
    expect(compact(1_310_000)).toBe('1.31 M');
  });

  it('say 100 % only at the end', () => {
    expect(percent(0.9999)).toBe('99 %');
    expect(percent(1)).toBe('100 %');
  });

  it('agree in number and group thousands', () => {
    expect(plural(1, 'image')).toBe('1 image');
    expect(plural(2, 'image')).toBe('2 images');
    expect(count(10240)).toBe('10,240');
  });
});

describe('time', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');

  it('names an age in its largest whole unit', () => {
    expect(relativeTime('2026-03-01T11:59:55Z', now)).toBe('just now');
    expect(relativeTime('2026-03-01T11:56:00Z', now)).toBe('4 min ago');
    expect(relativeTime('2026-02-28T12:00:00Z', now)).toBe('yesterday');
    expect(relativeTime('2026-02-22T12:00:01Z', now)).toBe('6 days ago');
    expect(relativeTime('2026-02-14T12:00:00Z', now)).toBe('2 wk ago');
    expect(relativeTime('nonsense', now)).toBe('–');
  });

  it('counts what is to come to the nearest unit, so that a link for seven days does not begin with six', () => {
    expect(relativeTime('2026-03-08T11:59:30Z', now)).toBe('in 7 days');
    expect(relativeTime('2026-03-02T11:59:30Z', now)).toBe('tomorrow');
    expect(relativeTime('2026-03-01T12:59:50Z', now)).toBe('in 1 hr');
    expect(relativeTime('2026-03-15T11:59:50Z', now)).toBe('in 2 wk');
  });

  it('writes lengths in at most two units', () => {
    expect(duration(45)).toBe('45 s');
    expect(duration(200)).toBe('3 min 20 s');
    expect(duration(7500)).toBe('2 h 05 min');
    expect(duration(-1)).toBe('–');
    expect(duration(null)).toBe('–');
  });

  it('counts an unfinished stretch up to now', () => {
    expect(secondsBetween('2026-03-01T11:59:00Z', null, now)).toBe(60);
    expect(secondsBetween(null, null, now)).toBeNull();
  });
});
