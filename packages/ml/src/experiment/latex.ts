import type { Comparison } from './comparison.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import { protocolOf, sheetsOf } from './sheets.ts';

/** What plain LaTeX reads otherwise or cannot set from UTF-8. */
const CHARACTERS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '±': '$\\pm$',
  '×': '$\\times$',
  '−': '$-$',
  '↑': '$\\uparrow$',
  '↓': '$\\downarrow$',
  '–': '--',
  '’': "'",
};

/** Signs that stand for themselves behind a backslash. */
const PLAIN = /[&%$#_{}]/;

/** What needs care: the signs above, and all that the classic engines cannot be sure to set (they know ASCII and Latin letters). */
const SPECIAL = /[\\~^<>|&%$#_{}*[]|[^\u0020-\u007e\u00c0-\u017e]/gu;

/** Text that compiles. A sign that cannot be set becomes a question mark; `*` and `[` are kept from being read as arguments of a line's end. */
const escaped = (text: string): string =>
  text.replaceAll(SPECIAL, (sign) => CHARACTERS[sign] ?? (PLAIN.test(sign) ? `\\${sign}` : /[*[]/.test(sign) ? `{${sign}}` : '?'));

const cell = ({ text, bold }: SheetCell): string => (bold ? `\\textbf{${escaped(text)}}` : escaped(text));

/** Rows of one tabular: a plain one does not break across pages. */
const ROWS_A_PAGE = 36;

function tabular(head: Sheet['head'], rows: Sheet['rows']): string {
  const line = (texts: readonly string[]): string => `${texts.join(' & ')} \\\\`;
  return [
    `\\begin{tabular}{l${'r'.repeat(head.length - 1)}}`,
    '\\hline',
    line(head.map(escaped)),
    '\\hline',
    ...rows.map((row) => line(row.map(cell))),
    '\\hline',
    '\\end{tabular}',
  ].join('\n');
}

function latexSheet({ title, head, rows, notes }: Sheet): string {
  const pages = Array.from({ length: Math.ceil(rows.length / ROWS_A_PAGE) }, (_, page) =>
    rows.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE),
  );
  const blocks = [...pages.map((page) => tabular(head, page)), ...notes.map(escaped)];
  return `\\subsection*{${escaped(title)}}\n${blocks.join('\n\n')}\n`;
}

/** tables.tex: a document without packages of its own beyond the classic ones; each tabular can be copied out by itself. */
export function renderLatex(comparison: Comparison): string {
  return [
    '\\documentclass[a4paper,landscape]{article}',
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage[T1]{fontenc}',
    '\\setlength{\\parindent}{0pt}',
    '\\begin{document}',
    '\\small',
    ...protocolOf(comparison).flatMap((sentence) => [escaped(sentence), '']),
    ...sheetsOf(comparison).map(latexSheet),
    '\\end{document}',
    '',
  ].join('\n');
}
