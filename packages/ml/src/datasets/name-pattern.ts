/** Patterns on file names, as people write them: `*` stands for anything, `?` for one character. Letters count as they are written. */

const longestPattern = 200;
/** More would let a name be matched in too many ways. */
const mostWildcards = 4;
const sourceMark = '{source}';

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

function expression(pattern: string): string {
  return [...pattern].map((one) => (one === '*' ? '.*?' : one === '?' ? '.' : escaped(one))).join('');
}

/** Why a pattern cannot be used, or null. @param source true where it has to tell what of a name is its source */
export function patternProblem(pattern: string, source = false): string | null {
  if (pattern.trim() === '') return 'The pattern is empty; write one such as cam1_*.';
  if (pattern.length > longestPattern) return `The pattern is longer than ${longestPattern} characters; shorten it.`;
  if ((pattern.match(/\*/g)?.length ?? 0) > mostWildcards) return `The pattern has more than ${mostWildcards} asterisks; use fewer.`;
  if (source && pattern.split(sourceMark).length !== 2)
    return `The pattern does not tell what of a name is its source; write ${sourceMark} once, such as ${sourceMark}_*.`;
  return null;
}

/** Tells which names a pattern fits, whole. */
export function namePattern(pattern: string): (name: string) => boolean {
  const matcher = new RegExp(`^${expression(pattern)}$`, 'us');
  return (name) => matcher.test(name);
}

/** Reads the source out of a name by a pattern such as `{source}_*`; null for names that it does not fit. */
export function sourceOf(pattern: string): (name: string) => string | null {
  const [before = '', after = ''] = pattern.split(sourceMark);
  const matcher = new RegExp(`^${expression(before)}(.+?)${expression(after)}$`, 'us');
  return (name) => matcher.exec(name)?.[1] ?? null;
}
