import { protocolOf, sheetsOf, type Comparison, type Sheet } from '@plumbline/ml/experiment';
import { folded, heading, paragraph, tableOf, type Section } from './html.ts';

/** One row a metric, class and variant: read when asked for. */
const LONG: readonly Sheet['kind'][] = ['differences', 'image-roc'];

/** Tables 3–9 in the paper's form, and the statistics behind them. */
export function tableSection(comparison: Comparison): Section {
  const sheets = sheetsOf(comparison).map(({ kind, title, head, rows, notes }) => {
    const body = [tableOf(head, rows), ...notes.map((note) => paragraph(note, 'soft'))].join('');
    return LONG.includes(kind) ? folded(`${title} (${rows.length} rows)`, body) : heading(title) + body;
  });
  return { id: 'tables', title: 'Tables', body: [...protocolOf(comparison).map((line) => paragraph(line, 'soft')), ...sheets].join('') };
}
