'use client';

import {
  renderDifferencesCsv,
  renderLatex,
  renderMarkdown,
  renderPlacesCsv,
  renderTablesCsv,
  type Comparison,
} from '@plumbline/ml/experiment';
import { Download } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#web/components/ui/menu.tsx';
import { downloadText } from '#web/features/evaluation/download.ts';

const csv = 'text/csv;charset=utf-8';

/** The files that `plumbline compare` writes, under the same names. */
const files: readonly (readonly [words: string, name: string, type: string, write: (comparison: Comparison) => string])[] = [
  ['Tables as Markdown', 'tables.md', 'text/markdown;charset=utf-8', renderMarkdown],
  ['Tables as LaTeX', 'tables.tex', 'application/x-tex', renderLatex],
  ['Tables as CSV', 'tables.csv', csv, renderTablesCsv],
  ['Places as CSV', 'places.csv', csv, renderPlacesCsv],
  ['Differences as CSV', 'differences.csv', csv, renderDifferencesCsv],
  ['Everything as JSON', 'statistics.json', 'application/json', (comparison) => `${JSON.stringify(comparison, null, 2)}\n`],
];

export function ExportMenu({ comparison }: { readonly comparison: Comparison | null }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button disabled={!comparison}>
          <Download /> Export
        </Button>
      }
    >
      {files.map(([words, name, type, write]) => (
        <MenuItem key={name} onSelect={() => comparison && downloadText(name, type, write(comparison))}>
          {words}
        </MenuItem>
      ))}
      <MenuLabel>Figures as SVG and PNG: below each</MenuLabel>
    </Menu>
  );
}
