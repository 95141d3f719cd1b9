import { expect, it } from 'vitest';
import { changeLines, differenceSentence } from './difference-words.ts';

const none = { added: 0, removed: 0, moved: 0, relabelled: 0, masked: 0, renamed: 0, unchanged: 0 };

it('the sentence names what changed and leaves out what did not', () => {
  expect(differenceSentence({ ...none, added: 3, relabelled: 1, unchanged: 140 })).toBe(
    '3 images added, 1 relabelled; 140 are as they were.',
  );
  expect(differenceSentence({ ...none, unchanged: 1 })).toBe('Nothing changed: 1 image is as it was.');
});

it('an image says what became of it, from what to what', () => {
  const before = { split: 'train', label: 'good', name: 'a.png', maskUrl: null };
  const after = { split: 'test', label: 'crack', name: 'a.png', maskUrl: '/m' };
  expect(changeLines(['moved', 'relabelled', 'masked'], before, after)).toEqual(['train → test', 'good → crack', 'mask added']);
  expect(changeLines(['masked'], after, { ...after, maskUrl: '/n' })).toEqual(['mask corrected']);
  expect(changeLines(['masked'], after, { ...after, maskUrl: null })).toEqual(['mask taken away']);
  expect(changeLines(['removed'], before, null)).toEqual(['removed from train, good']);
  expect(changeLines(['added'], null, after)).toEqual(['added to test, crack']);
});
