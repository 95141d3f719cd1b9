'use client';

import { IOU_LABELS, protocolOf, sheetsOf, type IouKind, type Sheet, type SheetCell } from '@plumbline/ml/experiment';
import Link from 'next/link';
import { useMemo } from 'react';
import { Spinner } from '#web/components/ui/button.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { classes } from '#web/lib/classes.ts';
import { cellLink, sheetRows, type SheetRow } from './cell-links.ts';
import type { TabProps } from './tab-props.ts';

/** Columns of these sheets hold words before the numbers begin. */
const wordColumns: Readonly<Partial<Record<Sheet['kind'], number>>> = { places: 2, 'paper-places': 2, differences: 3, 'image-roc': 3 };

/** Tables 3–9 and what goes beyond them: the sheets that the command line writes, with links to the images behind each cell. */
export function TablesTab(props: TabProps) {
  const { comparison, busy, titles, view } = props;
  const sheets = useMemo(() => withPlace(sheetsOf(comparison)), [comparison]);
  const { columns } = comparison;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="IoU"
          className="w-72!"
          value={view.iou}
          onValueChange={(iou) => view.set({ iou })}
          options={(Object.keys(IOU_LABELS) as IouKind[]).map((value) => ({ value, label: `IoU ${IOU_LABELS[value]}` }))}
        />
        <Select
          label="Reference"
          className="w-64!"
          value={view.reference ?? columns[0]?.name ?? ''}
          onValueChange={(reference) => view.set({ reference })}
          options={columns.map(({ name }, i) => ({ value: name, label: `against ${titles[i] ?? name}` }))}
        />
        <span role="status" className="flex items-center gap-1.5 text-xs text-ink-2">
          {busy ? (
            <>
              <Spinner /> The tables are being made
            </>
          ) : null}
        </span>
      </div>
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-4 text-xs text-ink-2">
        {protocolOf(comparison).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {sheets.map(({ sheet, nth }) => (
        <SheetTable key={sheet.title} sheet={sheet} rows={sheetRows(sheet.kind, nth, comparison)} {...props} />
      ))}
    </div>
  );
}

/** Each sheet with how many of its kind stand before it. */
function withPlace(sheets: readonly Sheet[]): { sheet: Sheet; nth: number }[] {
  return sheets.map((sheet, at) => ({ sheet, nth: sheets.slice(0, at).filter(({ kind }) => kind === sheet.kind).length }));
}

function SheetTable({ sheet, rows, comparison, members, projectId }: TabProps & { sheet: Sheet; rows: readonly SheetRow[] | null }) {
  const words = wordColumns[sheet.kind] ?? 1;
  /** The recipe under a variant's name. */
  const recipeOf = (title: string): string | undefined => {
    const name = comparison.columns.find((column) => column.title === title)?.name;
    return name === title ? undefined : name;
  };
  return (
    <Section title={sheet.title}>
      <Table label={sheet.title}>
        <thead>
          <tr>
            {sheet.head.map((name, i) =>
              name === '' ? (
                // The corner over the names of the rows: an empty head would be read as one.
                <td key={i} className="border-b" />
              ) : (
                <HeadCell key={i} numeric={i >= words} className="py-1">
                  <span className={classes(i >= words && 'text-ink')}>{name}</span>
                  {i >= words && recipeOf(name) ? <span className="block font-normal text-ink-3">{recipeOf(name)}</span> : null}
                </HeadCell>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((cells, line) => {
            const behind = rows?.[line] ?? null;
            return (
              <Row key={line} className={classes(behind?.paper && 'text-ink-3')}>
                {cells.map((cell, i) => {
                  const link = behind && i > 0 ? cellLink(projectId, behind, i - 1, members) : null;
                  return (
                    <Cell key={i} numeric={i >= words} className="h-8!">
                      {link ? (
                        <Link
                          href={link.href}
                          title={link.opens}
                          aria-label={`${cells[0]?.text}, ${sheet.head[i]}: ${cell.text}. ${link.opens}`}
                          className="rounded-sm hover:text-accent-ink hover:underline"
                        >
                          <CellText cell={cell} />
                        </Link>
                      ) : (
                        <CellText cell={cell} />
                      )}
                    </Cell>
                  );
                })}
              </Row>
            );
          })}
        </tbody>
      </Table>
      {sheet.notes.map((note) => (
        <p key={note} className="max-w-prose text-xs text-ink-3">
          {note}
        </p>
      ))}
    </Section>
  );
}

/** The text as it is written everywhere, the spread in lighter ink. */
function CellText({ cell: { text, bold } }: { cell: SheetCell }) {
  const [, value, spread] = /^(\S+)( ± .*)$/.exec(text) ?? [null, text, ''];
  return (
    <>
      <span className={classes(bold && 'font-semibold text-ink')}>{value}</span>
      {spread ? <span className="text-ink-3">{spread}</span> : null}
    </>
  );
}
