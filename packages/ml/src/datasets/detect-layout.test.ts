import { describe, expect, it } from 'vitest';
import { detectLayout, placesOfLayout } from './detect-layout.ts';
import { classifyMvtecPath, isBystander } from './layout.ts';

const said = (paths: readonly string[]) =>
  [...placesOfLayout(paths)].map(([path, { kind, split, label }]) => `${path}: ${kind} ${split}/${label}`);

describe('a layout told by names', () => {
  it('is MVTec AD where every image lies in its folders, and nothing is to be said', () => {
    const paths = ['brick/train/good/1.png', 'brick/test/crack/1.png', 'brick/ground_truth/crack/1_mask.png', 'readme.txt'];
    expect(detectLayout(paths)).toMatchObject({ kind: 'mvtec', groups: [] });
    expect(said(paths)).toEqual([]);
  });

  it('is flat folders of good and defective images, by the folders’ names', () => {
    expect(said(['parts/OK/1.png', 'parts/dent/2.png', 'parts/scratch/1.png'])).toEqual([
      'parts/OK/1.png: image train/good',
      'parts/dent/2.png: image test/dent',
      'parts/scratch/1.png: image test/scratch',
    ]);
  });

  it('is pairs of images and masks by name, in one folder or two: what has a mask is defective, the rest good', () => {
    expect(said(['images/1.jpg', 'images/2.jpg', 'masks/1.png'])).toEqual(
      ['images/1.jpg: image test/defect', 'images/2.jpg: image train/good', 'masks/1.png: mask test/defect'].toSorted(),
    );
    expect(said(['a.png', 'a_mask.png', 'b.png']).toSorted()).toEqual([
      'a.png: image test/defect',
      'a_mask.png: mask test/defect',
      'b.png: image train/good',
    ]);
  });

  it('gives masks the label of their image, where defects have folders of their own', () => {
    const paths = ['good/1.png', 'crack/1.png', 'crack/1-gt.png', 'dent/images/5.png', 'dent/masks/5.png'];
    expect(said(paths).toSorted()).toEqual([
      'crack/1-gt.png: mask test/crack',
      'crack/1.png: image test/crack',
      'dent/images/5.png: image test/dent',
      'dent/masks/5.png: mask test/dent',
      'good/1.png: image train/good',
    ]);
  });

  it('is asked about where names leave doubt: a mask that may be of two images, folders of which none is good', () => {
    expect(said(['x/1.png', 'y/1.png', 'masks/1.png'])).toEqual([]);
    expect(said(['left/1.png', 'right/1.png'])).toEqual([]);
    expect(detectLayout(['left/1.png', 'right/1.png']).groups.map(({ suggested }) => suggested?.label)).toEqual(['left', 'right']);
  });
});

describe('files that come along', () => {
  it('are told by their own name or a folder above, in one rule for every reader', () => {
    for (const path of ['.DS_Store', 'a/.hidden/1.png', '__MACOSX/train/good/1.png', 'a/Thumbs.db', 'notes.MD', 'a\\desktop.ini'])
      expect(isBystander(path), path).toBe(true);
    for (const path of ['a/1.png', './train/good/1.png', 'thumbs.db.png']) expect(isBystander(path), path).toBe(false);
    expect(classifyMvtecPath('a/__MACOSX/train/good/1.png')).toBeNull();
    expect(classifyMvtecPath('./train/good/1.png')).not.toBeNull();
  });
});
