import { describe, expect, it } from 'vitest';
import { effectInWords, effectNotes } from './effect-words.ts';
import { chosenCount, isChosen, noSelection, toggled } from './selection.ts';
import { borderMoved, sharesOf } from './split-shares.ts';

const none = { changed: 0, moved: 0, relabelled: 0, deleted: 0, restored: 0, masksDropped: 0, renamed: 0, stay: 0 };

describe('images chosen in the grid', () => {
  const shown = ['a', 'b', 'c', 'd'];

  it('are toggled one by one, or as a range from the one before in either direction', () => {
    const one = toggled(noSelection, 'c', shown, false);
    expect([...toggled(one, 'a', shown, true).ids].sort()).toEqual(['a', 'b', 'c']);
    expect([...toggled(one, 'c', shown, false).ids]).toEqual([]);
    expect([...toggled(noSelection, 'b', shown, true).ids]).toEqual(['b']);
  });

  it('are all of the filter until one of them is taken out, which leaves those that are loaded', () => {
    const every = { ...noSelection, every: true };
    expect(chosenCount(every, 5_000)).toBe(5_000);
    expect(isChosen(every, 'unseen')).toBe(true);
    const fewer = toggled(every, 'b', shown, false);
    expect([fewer.every, ...fewer.ids]).toEqual([false, 'a', 'c', 'd']);
  });
});

describe('what a change does', () => {
  it('is said in one line, and what to know before in one sentence each', () => {
    expect(effectInWords({ ...none, changed: 12, moved: 12, relabelled: 3 })).toBe('12 images moved, 3 labelled anew');
    expect(effectInWords({ ...none, changed: 1, deleted: 1 })).toBe('1 image deleted');
    expect(effectNotes({ ...none, changed: 2, renamed: 2, renameExample: 'a.png → a_train.png', stay: 1, masksDropped: 1 })).toEqual([
      '2 images would have the name of another one there, and are renamed (a.png → a_train.png).',
      '1 mask goes: good images have none.',
      '1 defective image stays in test: models learn from good images alone.',
    ]);
    expect(effectNotes(none)).toEqual([]);
  });
});

describe('the borders of the split bar', () => {
  it('move images between the two sides they divide, and stop at the neighbours', () => {
    const shares = sharesOf({ train: 70, validation: 10, test: 20 });
    expect(shares).toEqual([70, 80]);
    expect(borderMoved(shares, 0, 60, 100)).toEqual([60, 80]);
    expect(borderMoved(shares, 0, 95, 100)).toEqual([80, 80]);
    expect(borderMoved(shares, 1, 10, 100)).toEqual([70, 70]);
    expect(borderMoved(shares, 1, 130, 100)).toEqual([70, 100]);
    expect(borderMoved(shares, 0, -3, 100)).toEqual([0, 80]);
  });
});
