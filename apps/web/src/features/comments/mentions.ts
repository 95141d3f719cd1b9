export interface Person {
  readonly id: string;
  readonly name: string;
}

/** What is being typed after an @ just before the caret; null where no name is being typed. */
export function startedMention(text: string, caret: number): { readonly from: number; readonly typed: string } | null {
  const found = /(^|\s)@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u.exec(text.slice(0, caret));
  return found ? { from: caret - found[2]!.length - 1, typed: found[2]! } : null;
}

/** People whose name, or a word of it, begins with what was typed. */
export function completions(people: readonly Person[], typed: string): Person[] {
  const wanted = typed.toLocaleLowerCase();
  const begins = ({ name }: Person): boolean => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.split(/\s+/).some((word) => word.startsWith(wanted));
  };
  return people.filter(begins).slice(0, 6);
}

/** The text cut at its mentions, longest names first, so that "@Ada Owner" is not read as "@Ada". */
export function cutAtMentions(text: string, people: readonly Person[]): readonly (string | Person)[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  const parts: (string | Person)[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const before = text[at - 1];
    const person =
      text[at] === '@' && (before === undefined || /\s/.test(before))
        ? byLength.find(({ name }) => text.startsWith(name, at + 1) && !/[\p{L}\p{N}]/u.test(text[at + 1 + name.length] ?? ''))
        : undefined;
    if (!person) {
      plain += text[at++];
      continue;
    }
    if (plain) parts.push(plain);
    plain = '';
    parts.push(person);
    at += 1 + person.name.length;
  }
  return plain ? [...parts, plain] : parts;
}

/** Ids of the people whom a text mentions. */
export const mentionedIn = (text: string, people: readonly Person[]): string[] => [
  ...new Set(cutAtMentions(text, people).flatMap((part) => (typeof part === 'string' ? [] : [part.id]))),
];
