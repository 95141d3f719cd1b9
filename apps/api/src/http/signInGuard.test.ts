import { expect, it } from 'vitest';
import { createSignInGuard, type SignInGuard } from './signInGuard.ts';

function guardAt() {
  const clock = { now: 1_000_000 };
  return { clock, guard: createSignInGuard(() => clock.now) };
}

/** Milliseconds to wait, or 0 where the (wrong) password was looked at. */
async function fail(guard: SignInGuard, account: string, address: string | null = null): Promise<number> {
  const attempt = await guard.attempt(account, address, async () => null);
  return attempt.kind === 'slowed' ? attempt.waitMs : 0;
}

it('five failures of an account from one address are free, then every one waits twice as long, up to a quarter of an hour', async () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 5; i++) expect(await fail(guard, 'ada')).toBe(0);
  const waits: number[] = [];
  for (let i = 0; i < 12; i++) {
    const wait = await fail(guard, 'ada');
    waits.push(wait);
    clock.now += wait;
    expect(await fail(guard, 'ada')).toBe(0);
  }
  expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(waits.at(-1)).toBe(15 * 60_000);
  expect(await fail(guard, 'grace')).toBe(0);
});

it('an attempt that is turned away does not make the wait longer, and a right password ends it', async () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 5; i++) await fail(guard, 'ada');
  for (let i = 0; i < 100; i++) expect(await fail(guard, 'ada')).toBe(2_000);
  clock.now += 2_000;
  expect(await guard.attempt('ada', null, async () => 'right')).toEqual({ kind: 'checked', result: 'right' });
  expect(await fail(guard, 'ada')).toBe(0);
});

it('many guesses at once are looked at one after another: only the free ones at all', async () => {
  const { guard } = guardAt();
  let looked = 0;
  const guesses = await Promise.all(
    Array.from({ length: 60 }, () =>
      guard.attempt('ada', null, async () => {
        looked++;
        await new Promise((done) => setTimeout(done, 1));
        return null;
      }),
    ),
  );
  expect(looked).toBe(5);
  expect(guesses.filter((guess) => guess.kind === 'slowed')).toHaveLength(55);
});

it('twenty right sign-ins of one account at once all succeed', async () => {
  const { guard } = guardAt();
  const attempts = await Promise.all(Array.from({ length: 20 }, () => guard.attempt('ada', '10.0.0.1', async () => 'right')));
  expect(attempts).toEqual(Array.from({ length: 20 }, () => ({ kind: 'checked', result: 'right' })));
});

it('an address that tries many accounts waits, whoever it tries next', async () => {
  const { guard } = guardAt();
  for (let i = 0; i < 50; i++) expect(await fail(guard, `person ${i}`, '10.0.0.1')).toBe(0);
  expect(await fail(guard, 'another person', '10.0.0.1')).toBe(2_000);
  expect(await fail(guard, 'another person', '10.0.0.2')).toBe(0);
});

it('a stranger who keeps guessing does not keep the owner out at another address', async () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 21; i++) clock.now += await fail(guard, 'ada', '10.0.0.1');
  expect(await fail(guard, 'ada', '10.0.0.1')).toBeGreaterThan(0);
  expect(await guard.attempt('ada', '10.0.0.2', async () => 'right')).toEqual({ kind: 'checked', result: 'right' });
  expect(await fail(guard, 'ada', '10.0.0.1')).toBeGreaterThan(0);
});

it('guesses at one account from many addresses wait after a hundred, and a right password ends it', async () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 100; i++) expect(await fail(guard, 'ada', `10.0.0.${i % 25}`)).toBe(0);
  expect(await fail(guard, 'ada', '10.0.1.1')).toBe(2_000);
  expect(await fail(guard, 'grace', '10.0.1.1')).toBe(0);
  clock.now += 2_000;
  expect(await guard.attempt('ada', '10.0.1.2', async () => 'right')).toEqual({ kind: 'checked', result: 'right' });
  expect(await fail(guard, 'ada', '10.0.1.3')).toBe(0);
});

it('unknown addresses are one address', async () => {
  const { guard } = guardAt();
  for (let i = 0; i < 5; i++) await fail(guard, 'ada', null);
  expect(await fail(guard, 'ada', null)).toBe(2_000);
  expect(await fail(guard, 'ada', '10.0.0.1')).toBe(0);
});

it('failures are forgotten after half an hour', async () => {
  const { clock, guard } = guardAt();
  for (let i = 0; i < 6; i++) await fail(guard, 'ada');
  clock.now += 31 * 60_000;
  expect(await fail(guard, 'ada')).toBe(0);
});
