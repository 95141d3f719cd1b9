import { expect, test } from 'vitest';
import { watchTrack } from './watch-track.ts';

class Track extends EventTarget {
  muted = false;
  readyState: 'live' | 'ended' = 'live';
}

test('a camera that sends nothing or is gone is said, and that its picture is back', () => {
  const track = new Track();
  const said: (string | null)[] = [];
  const stop = watchTrack(track as unknown as MediaStreamTrack, (problem) => said.push(problem));
  expect(said).toEqual([]);
  track.muted = true;
  track.dispatchEvent(new Event('mute'));
  track.muted = false;
  track.dispatchEvent(new Event('unmute'));
  track.readyState = 'ended';
  track.dispatchEvent(new Event('ended'));
  expect(said).toEqual([expect.stringContaining('sends no picture'), null, expect.stringContaining('taken away')]);
  stop();
  track.dispatchEvent(new Event('ended'));
  expect(said).toHaveLength(3);
});

test('a camera that was gone before anybody looked is said at once', () => {
  const said: (string | null)[] = [];
  watchTrack(Object.assign(new Track(), { readyState: 'ended' }) as unknown as MediaStreamTrack, (problem) => said.push(problem));
  expect(said).toEqual([expect.stringContaining('taken away')]);
});
