import { expect, it } from 'vitest';
import { createShareGuard, TooManyQuestions } from './shareGuard.ts';

const times = (count: number, act: () => void): void => {
  for (let i = 0; i < count; i++) act();
};

it('a link is asked for 600 times and read 60 times a minute, and again in the next; another link is not concerned', () => {
  let now = 0;
  const guard = createShareGuard(() => now);
  times(600, () => guard.ask('a'));
  expect(() => guard.ask('a')).toThrow(TooManyQuestions);
  guard.ask('b');
  times(60, () => guard.read('a'));
  expect(() => guard.read('a')).toThrow(TooManyQuestions);
  now = 60_000;
  guard.ask('a');
  guard.read('a');
});

it('guessing is ended after 600 misses a minute, while links that were open stay open', () => {
  const guard = createShareGuard(() => 0);
  guard.ask('known');
  times(600, () => guard.missed());
  expect(() => guard.ask('guessed')).toThrow(TooManyQuestions);
  guard.ask('known');
});
