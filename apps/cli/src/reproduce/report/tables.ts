import { protocolOf, sheetsOf, type Comparison } from '@plumbline/ml/experiment';
import { heading, paragraph, tableOf, type Section } from './html.ts';

/** Tables 3–9 in the paper's form, and the statistics behind them. */
export function tableSection(comparison: Comparison): Section {
  const sheets = sheetsOf(comparison).map(({ title, head, rows, notes }) =>
    [heading(title), tableOf(head, rows), ...notes.map((note) => paragraph(note, 'soft'))].join(''),
  );
  return { id: 'tables', title: 'Tables', body: [...protocolOf(comparison).map((line) => paragraph(line, 'soft')), ...sheets].join('') };
}
