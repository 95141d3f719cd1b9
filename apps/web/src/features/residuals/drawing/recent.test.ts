import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('keeps what was used last and lets go of the rest, each once', () => {
  const gone: string[] = [];
  const recent = new Recent<string>(2, (kept) => gone.push(kept));
  let made = 0;
  const get = (key: string) => recent.get(key, () => `${key}${++made}`);
  expect([get('a'), get('b'), get('a'), get('c')]).toEqual(['a1', 'b2', 'a1', 'c3']);
  expect(gone).toEqual(['b2']);
  expect([get('a'), get('b')]).toEqual(['a1', 'b4']);
  expect(gone).toEqual(['b2', 'c3']);
});
