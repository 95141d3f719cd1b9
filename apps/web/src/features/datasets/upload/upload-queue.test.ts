import { describe, expect, it } from 'vitest';
import { isClutter } from './dropped-files.ts';
import { inLanes, uploadSecondsLeft, uploadShare } from './upload-queue.ts';

describe('an upload', () => {
  const state = { phase: 'sending', files: 2, filesSent: 0, bytes: 1_000, bytesSent: 250, bytesBefore: 0, startedAt: 1_000 } as const;

  it('measures progress in bytes and time left by the mean rate', () => {
    expect(uploadShare(state)).toBe(0.25);
    expect(uploadSecondsLeft(state, 11_000)).toBe(30);
    expect(uploadSecondsLeft(state, 1_500)).toBeNull();
    expect(uploadSecondsLeft({ ...state, bytesBefore: 200 }, 11_000), 'what had arrived before').toBe(150);
  });

  it('counts files when all of them are empty', () => {
    expect(uploadShare({ ...state, bytes: 0, bytesSent: 0, filesSent: 1 })).toBe(0.5);
  });
});

describe('inLanes', () => {
  it('does every item once and never more at a time than there are lanes', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inLanes([...Array(17).keys()], 3, new AbortController().signal, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, (item * 7) % 3));
      running -= 1;
      done.push(item);
    });
    expect(most).toBe(3);
    expect(done.sort((a, b) => a - b)).toEqual([...Array(17).keys()]);
  });

  it('starts nothing more after a failure and reports that failure', async () => {
    const started: number[] = [];
    const task = async (item: number) => {
      started.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error('disk full');
    };
    await expect(inLanes([0, 1, 2, 3, 4, 5], 1, new AbortController().signal, task)).rejects.toThrow('disk full');
    expect(started).toEqual([0, 1]);
  });

  it('starts nothing more after it was stopped', async () => {
    const stop = new AbortController();
    const started: number[] = [];
    await inLanes([0, 1, 2, 3], 1, stop.signal, async (item) => {
      started.push(item);
      if (item === 1) stop.abort();
      await Promise.resolve();
    });
    expect(started).toEqual([0, 1]);
  });
});

describe('isClutter', () => {
  it('leaves out what systems put into folders and keeps images', () => {
    for (const path of ['brick/.DS_Store', 'Thumbs.db', 'brick/._001.png', '__MACOSX/brick/001.png'])
      expect(isClutter(path), path).toBe(true);
    for (const path of ['brick/train/good/001.png', 'thumbs.db.png']) expect(isClutter(path), path).toBe(false);
  });
});
