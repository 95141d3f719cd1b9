import { describe, expect, it } from 'vitest';
import { costHint, estimateHint, median, ofOneRun } from './cost.ts';

describe('costHint', () => {
  it('gives the time at the measured speed', () => {
    expect(costHint({ patches: 600, epochs: 14, speeds: [90, 110] })).toBe(
      '14 epochs of 600 patches (8.40 k in all): about 1 min 24 s at 100 patches/s, as recent runs here.',
    );
  });

  it('promises no time when nothing was measured or the patches are not known', () => {
    expect(costHint({ patches: 600, epochs: 14, speeds: [] })).toContain('the time is known once it starts');
    expect(costHint({ patches: null, epochs: 14, speeds: [100] })).toContain('the time is known once it starts');
    expect(costHint({ patches: 600, epochs: Number.NaN, speeds: [100] })).toContain('Set the number of epochs');
  });
});

describe('estimateHint', () => {
  it('says what the platform reckons, also where only the images tell the patches', () => {
    const estimate = { seconds: 3720, workers: 1, imagesPerSecond: 88.4 };
    expect(estimateHint({ patches: null, epochs: 200 }, estimate)).toBe(
      '200 epochs over as many patches as the evaluation grid lays over the training images: about 1 h 02 min at 88 patches/s, evaluation included.',
    );
  });

  it('tells one run the time of one worker, however many there are', () => {
    const variants = [{ imagesPerSecond: 50 }];
    expect(ofOneRun({ seconds: 60, workers: 2, variants })).toEqual({ seconds: 120, workers: 2, imagesPerSecond: 50 });
    expect(ofOneRun({ seconds: 60, workers: 0, variants }).seconds).toBe(60);
    expect(ofOneRun({ seconds: null, workers: 2, variants: [] })).toEqual({ seconds: null, workers: 2, imagesPerSecond: null });
  });

  it('promises nothing before anything was measured, and says that nobody would work on it', () => {
    expect(estimateHint({ patches: 600, epochs: 14 }, { seconds: null, workers: 0, imagesPerSecond: null })).toBe(
      '14 epochs of 600 patches (8.40 k in all); how long it takes is known once a first training has run here. It waits until a worker comes.',
    );
    expect(estimateHint({ patches: 600, epochs: 14 }, null)).toBe('14 epochs of 600 patches (8.40 k in all).');
    expect(estimateHint({ patches: 600, epochs: Number.NaN }, null)).toContain('Set the number of epochs');
  });
});

describe('median', () => {
  it('ignores what is not a speed', () => {
    expect(median([Number.NaN, 0, 30, 10, 20])).toBe(20);
    expect(median([])).toBeNull();
  });
});
