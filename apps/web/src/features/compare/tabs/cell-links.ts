import type { ComparedClass, Comparison, Row, Sheet } from '@plumbline/ml/experiment';
import { rangesText, type RangeByEvaluation } from '#web/features/residuals/view/score-range.ts';
import { MOST_EVALUATIONS } from '#web/features/residuals/view/view-state.ts';
import type { Member } from '../data/set.ts';

/** The images of evaluations, all of them or those whose scores by the measure lie in the ranges. */
export function imagesAddress(
  projectId: string,
  evaluationIds: readonly string[],
  measure: 'ssim' | 'mse',
  ranges: RangeByEvaluation = [],
): string {
  const address = `/projects/${projectId}/compare/images?evaluations=${evaluationIds.slice(0, MOST_EVALUATIONS).join(',')}&measure=${measure}`;
  return ranges.length > 0 ? `${address}&score.${measure}=${rangesText(ranges)}` : address;
}

const rowsOf: Readonly<Partial<Record<Sheet['kind'], (entry: ComparedClass) => readonly Row[]>>> = {
  reconstruction: (entry) => entry.reconstruction,
  detection: (entry) => entry.detection,
  further: (entry) => entry.further,
};

/** What stands in a row of a sheet: ours, or the paper's under it. */
export type SheetRow = { readonly row: Row; readonly entry: ComparedClass; readonly paper: boolean };

/** The rows behind a sheet's lines, for the tables of one class; null for others. `nth`: how many sheets of its kind stand before it. */
export function sheetRows(kind: Sheet['kind'], nth: number, { classes }: Comparison): readonly SheetRow[] | null {
  const entry = classes[nth];
  const rows = entry && rowsOf[kind]?.(entry);
  if (!entry || !rows) return null;
  return rows.flatMap((row) => [{ row, entry, paper: false }, ...(row.paper ? [{ row, entry, paper: true }] : [])]);
}

export interface CellLink {
  readonly href: string;
  /** What the link does, in words: of many seeds only the first are looked at together. */
  readonly opens: string;
}

/** Where a cell of our own leads: the images that its seeds were measured on; null for one without. */
export function cellLink(
  projectId: string | null,
  { row, entry, paper }: SheetRow,
  column: number,
  members: readonly Pick<Member, 'id' | 'column' | 'className'>[],
): CellLink | null {
  if (projectId === null || paper) return null;
  const ids = members.filter((member) => member.column === column && member.className === entry.name).map(({ id }) => id);
  if (ids.length === 0) return null;
  const measure = row.metric.startsWith('mse.') || row.metric === 'reconstruction.mse' ? 'mse' : 'ssim';
  return {
    href: imagesAddress(projectId, ids, measure),
    opens: ids.length > MOST_EVALUATIONS ? `Open the images of the first ${MOST_EVALUATIONS} of ${ids.length} seeds` : 'Open the images',
  };
}
