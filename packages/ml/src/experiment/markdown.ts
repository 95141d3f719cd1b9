import type { Comparison } from './comparison.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import { protocolOf, sheetsOf } from './sheets.ts';

/** Text with what Markdown or HTML would read as its own escaped, in one line. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_|]/g, '\\$&')
    .replaceAll('](', ']\\(')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\r\n]+/g, ' ');

const cell = ({ text, bold }: SheetCell): string => (bold ? `**${escaped(text)}**` : escaped(text));

function markdownSheet({ title, head, rows, notes }: Sheet): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [
    `## ${escaped(title)}`,
    '',
    line(head.map(escaped)),
    line(head.map(() => '---')),
    ...rows.map((row) => line(row.map(cell))),
    ...notes.flatMap((note) => ['', escaped(note)]),
    '',
  ].join('\n');
}

/** tables.md: the rules the numbers stand under, and every table. */
export function renderMarkdown(comparison: Comparison): string {
  const head = ['# Comparison of variants', ...protocolOf(comparison).map(escaped)];
  return `${head.join('\n\n')}\n\n${sheetsOf(comparison).map(markdownSheet).join('\n')}`;
}
