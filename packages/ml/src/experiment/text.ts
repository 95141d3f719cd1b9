import type { Comparison } from './comparison.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import { protocolOf, sheetsOf } from './sheets.ts';

/** Bold, where there is only text. */
const cell = ({ text, bold }: SheetCell): string => (bold ? `*${text}` : text);

function textSheet({ title, head, rows, notes }: Sheet): string {
  const lines = [[...head], ...rows.map((row) => row.map(cell))];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return [
    title,
    ...lines.map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i]!))
        .join('   ')
        .trimEnd(),
    ),
    ...notes,
  ].join('\n');
}

/** Too long for a terminal, or of less weight. */
const LEFT_OUT: readonly Sheet['kind'][] = ['further', 'differences'];

/** The tables for a terminal: columns in line, `*` before what the other forms print bold; without the long ones, which the files hold. */
export function renderText(comparison: Comparison): string {
  const sheets = sheetsOf(comparison).filter(({ kind }) => !LEFT_OUT.includes(kind));
  return [[...protocolOf(comparison), 'Here * stands for bold.'].join('\n'), ...sheets.map(textSheet)].join('\n\n');
}
