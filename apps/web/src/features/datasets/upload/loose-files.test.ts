import { describe, expect, it } from 'vitest';
import type { ChosenFile } from './dropped-files.ts';
import { answerProblem, looseFiles, placedFiles } from './loose-files.ts';

const chosen = (path: string, type = ''): ChosenFile => ({ path, file: new File(['x'], path.split('/').at(-1) ?? '', { type }) });
const files = [
  chosen('a.png', 'image/png'),
  chosen('b'),
  chosen('set/crack/1.png'),
  chosen('set/crack/1_mask.png'),
  chosen('set/crack/lost_mask.png'),
  chosen('brick/train/good/2.png'),
  chosen('data.zip', 'application/zip'),
  chosen('notes.txt', 'text/plain'),
  chosen('c', 'image/png'),
];

describe('files whose folder does not tell what they are', () => {
  const loose = looseFiles(files);

  it('are the images outside the layout, by folder, masks apart; archives, texts and images in the layout are not', () => {
    expect(loose.groups.map(({ folder, masks, files: found }) => [folder, masks, found.map(({ path }) => path)])).toEqual([
      ['', false, ['a.png', 'c']],
      ['set/crack', false, ['set/crack/1.png']],
      ['set/crack', true, ['set/crack/1_mask.png']],
      ['set/crack', true, ['set/crack/lost_mask.png']],
    ]);
  });

  it('are suggested to be what their folders and masks tell', () => {
    expect(loose.groups.map(({ suggested }) => [suggested.kind, suggested.defect])).toEqual([
      ['train', ''],
      ['defect', 'crack'],
      ['mask', ''],
      ['leave', ''],
    ]);
  });

  it('are sent with what was said, masks with their image, those left out not at all, and the others as they are', () => {
    const answers = [
      { kind: 'validation', defect: '' },
      { kind: 'defect', defect: ' fine crack ' },
      { kind: 'mask', defect: '' },
      { kind: 'leave', defect: '' },
    ] as const;
    const sent = (said: typeof answers | readonly { kind: 'train' | 'mask'; defect: string }[]) =>
      placedFiles(files, loose, said).map(({ path, place }) => [path, place]);
    expect(sent(answers)).toEqual([
      ['a.png', { split: 'validation', label: 'good' }],
      ['b', undefined],
      ['set/crack/1.png', { split: 'test', label: 'fine crack' }],
      ['set/crack/1_mask.png', { split: 'test', label: 'fine crack', mask: true }],
      ['brick/train/good/2.png', undefined],
      ['data.zip', undefined],
      ['notes.txt', undefined],
      ['c', { split: 'validation', label: 'good' }],
    ]);
    // The mask of an image that is said to be good is no use.
    const allGood = [
      { kind: 'train', defect: '' },
      { kind: 'train', defect: '' },
      { kind: 'mask', defect: '' },
    ] as const;
    expect(sent(allGood).map(([path]) => path)).not.toContain('set/crack/1_mask.png');
  });

  it('need a name for their defect that can be one', () => {
    expect(answerProblem({ kind: 'train', defect: '' })).toBeNull();
    expect(answerProblem({ kind: 'defect', defect: 'scratch' })).toBeNull();
    for (const defect of ['', ' ', 'Good', 'a/b', '.x']) expect(answerProblem({ kind: 'defect', defect }), defect).not.toBeNull();
  });
});
