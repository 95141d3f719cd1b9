import { expect, test } from 'vitest';
import { Begun } from './begun.ts';

test('what is begun about one thing stays beside what is begun about another, until it is forgotten', () => {
  const begun = new Begun<string>();
  let told = 0;
  const stop = begun.subscribe(() => told++);
  begun.set('image a', 'half a');
  begun.set('image b', 'half a thought');
  expect([begun.get('image a'), begun.get('image b')]).toEqual(['half a', 'half a thought']);
  begun.set('image a', undefined);
  expect([begun.get('image a'), begun.get('image b')]).toEqual([undefined, 'half a thought']);
  stop();
  begun.set('image b', undefined);
  expect(told).toBe(3);
});
