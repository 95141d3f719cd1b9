import { describe, expect, it } from 'vitest';
import type { ChosenFile } from './dropped-files.ts';
import { answerProblem, looseGroups, placedFiles, suggestedAnswers } from './loose-files.ts';

const chosen = (path: string, type = ''): ChosenFile => ({ path, file: new File(['x'], path.split('/').at(-1) ?? '', { type }) });
const files = [
  chosen('a.png', 'image/png'),
  chosen('b'),
  chosen('set/crack/1.png'),
  chosen('set/crack/1_mask.png'),
  chosen('brick/train/good/2.png'),
  chosen('data.zip', 'application/zip'),
  chosen('notes.txt', 'text/plain'),
];

describe('files whose folder does not tell what they are', () => {
  it('are the images outside the layout, by folder, masks apart; archives, texts and images in the layout are not', () => {
    expect(looseGroups(files).map(({ folder, masks, files: found }) => [folder, masks, found.map(({ path }) => path)])).toEqual([
      ['', false, ['a.png']],
      ['set/crack', false, ['set/crack/1.png']],
      ['set/crack', true, ['set/crack/1_mask.png']],
    ]);
  });

  it('are suggested to be what their folder is named after, where there are several', () => {
    const suggested = (...folders: string[]) => suggestedAnswers(folders.map((folder) => ({ folder, masks: false })));
    expect(suggested('', 'set/good', 'set/crack')).toEqual([
      { kind: 'train', defect: '' },
      { kind: 'train', defect: '' },
      { kind: 'defect', defect: 'crack' },
    ]);
    expect(suggested('photos')).toEqual([{ kind: 'train', defect: '' }]);
    expect(suggestedAnswers([{ folder: 'set/crack', masks: true }])[0]?.kind).toBe('leave');
  });

  it('are sent with what was said, those left out not at all, and the others as they are', () => {
    const groups = looseGroups(files);
    const answers = [
      { kind: 'validation', defect: '' },
      { kind: 'defect', defect: ' fine crack ' },
      { kind: 'leave', defect: '' },
    ] as const;
    expect(placedFiles(files, groups, answers).map(({ path, place }) => [path, place])).toEqual([
      ['a.png', { split: 'validation', label: 'good' }],
      ['b', undefined],
      ['set/crack/1.png', { split: 'test', label: 'fine crack' }],
      ['brick/train/good/2.png', undefined],
      ['data.zip', undefined],
      ['notes.txt', undefined],
    ]);
  });

  it('need a name for their defect that can be one', () => {
    expect(answerProblem({ kind: 'train', defect: '' })).toBeNull();
    expect(answerProblem({ kind: 'defect', defect: 'scratch' })).toBeNull();
    for (const defect of ['', ' ', 'Good', 'a/b', '.x']) expect(answerProblem({ kind: 'defect', defect }), defect).not.toBeNull();
  });
});
