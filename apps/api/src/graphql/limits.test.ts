import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { nestingProblem } from './limits.ts';

const nested = (depth: number) => `{ project(id: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`;

it('a document is refused unparsed when its brackets are too many inside each other, and not for brackets that mean nothing', () => {
  expect(nestingProblem(nested(20))).toBeNull();
  expect(nestingProblem(nested(2000))).toContain('more than 64 brackets inside each other');
  expect(nestingProblem('{ a '.repeat(65))).not.toBeNull();
  for (const quiet of [
    `"${'['.repeat(99)}"`,
    `"\\"${'['.repeat(99)}"`,
    `"""${'{'.repeat(50)}\n"${'{'.repeat(50)}"""`,
    `# ${'('.repeat(99)}\n`,
  ])
    expect(nestingProblem(`{ a(b: ${quiet} c: 1) }`), quiet).toBeNull();
  // What follows a string that never ends on its line is read as the parser reads it: as text.
  expect(nestingProblem(`{ a(b: "${'['.repeat(99)}\n) }`)).toBeNull();
});

it('looking takes no longer for texts made to be slow', () => {
  for (const text of ['"'.repeat(200_000), '"""'.repeat(100_001), '"""\\'.repeat(100_000), '"\\'.repeat(100_000), '#"'.repeat(100_000)]) {
    const before = performance.now();
    nestingProblem(text);
    expect(performance.now() - before, text.slice(0, 8)).toBeLessThan(2000);
  }
});
