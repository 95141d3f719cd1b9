import { expect, test } from 'vitest';
import { completions, cutAtMentions, mentionedIn, startedMention } from './mentions.ts';

const ada = { id: '1', name: 'Ada' };
const owner = { id: '2', name: 'Ada Owner' };
const eve = { id: '3', name: 'Eve Müller' };
const people = [ada, owner, eve];

test('a name is being typed after an @ at the start or after a space, up to its second word', () => {
  expect(startedMention('@', 1)).toEqual({ from: 0, typed: '' });
  expect(startedMention('see @Ad', 7)).toEqual({ from: 4, typed: 'Ad' });
  expect(startedMention('see @Ada Ow', 11)).toEqual({ from: 4, typed: 'Ada Ow' });
  expect(startedMention('mail a@b', 8)).toBeNull();
  expect(startedMention('@Ada, look', 10)).toBeNull();
});

test('completion finds people by the beginning of any of their names', () => {
  expect(completions(people, 'mü')).toEqual([eve]);
  expect(completions(people, 'ada')).toEqual([ada, owner]);
});

test('the longest name is meant, and a name within a longer word is none', () => {
  expect(cutAtMentions('@Ada Owner and @Ada: see', people)).toEqual([owner, ' and ', ada, ': see']);
  expect(mentionedIn('@Adam @Eve Müller @Eve Müller', people)).toEqual(['3']);
});
