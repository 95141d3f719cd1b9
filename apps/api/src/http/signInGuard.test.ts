import { expect, it } from 'vitest';
import { createSignInGuard } from './signInGuard.ts';

function guardAt() {
  const clock = { now: 1_000_000 };
  return { clock, guard: createSignInGuard(() => clock.now) };
}

it('five failures of an account are free, then every one waits twice as long, up to a quarter of an hour', () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 5; i++) expect(guard.begin('ada', null)).toBe(0);
  const waits: number[] = [];
  for (let i = 0; i < 12; i++) {
    const wait = guard.begin('ada', null);
    waits.push(wait);
    clock.now += wait;
    expect(guard.begin('ada', null)).toBe(0);
  }
  expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(waits.at(-1)).toBe(15 * 60_000);
  expect(guard.begin('grace', null)).toBe(0);
});

it('an attempt that is turned away does not make the wait longer, and a right password ends it', () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 5; i++) guard.begin('ada', null);
  for (let i = 0; i < 100; i++) expect(guard.begin('ada', null)).toBe(2_000);
  clock.now += 2_000;
  expect(guard.begin('ada', null)).toBe(0);
  guard.succeeded('ada', null);
  expect(guard.begin('ada', null)).toBe(0);
});

it('an address that tries many accounts waits, whoever it tries next', () => {
  const { guard } = guardAt();
  for (let i = 0; i < 20; i++) expect(guard.begin(`person ${i}`, '10.0.0.1')).toBe(0);
  expect(guard.begin('another person', '10.0.0.1')).toBe(2_000);
  expect(guard.begin('another person', '10.0.0.2')).toBe(0);
});

it('failures are forgotten after half an hour', () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 6; i++) guard.begin('ada', null);
  clock.now += 31 * 60_000;
  expect(guard.begin('ada', null)).toBe(0);
});
