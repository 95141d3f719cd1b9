'use client';

import { Download } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuDownload, MenuItem, MenuLabel, MenuSeparator } from '#web/components/ui/menu.tsx';
import type { EvaluatedImages } from '#web/features/residuals/data/use-evaluated-images.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import { scoresCsv } from './data/scores-csv.ts';
import { downloadText, fileName } from './download.ts';

interface ExportMenuProps {
  /** Begins every file's name: dataset, variant, seed. */
  readonly name: readonly string[];
  readonly metrics: unknown;
  /** Where everything is as one zip. */
  readonly zipUrl: string | null;
  readonly list: EvaluatedImages;
  readonly imageThresholds: Readonly<Record<Measure, number | null>>;
}

/** Takes the evaluation away: metrics as the command line writes them, one line of scores an image, or everything. Single maps are taken at the opened image. */
export function ExportMenu({ name, metrics, zipUrl, list, imageThresholds }: ExportMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          <Download /> Export
        </Button>
      }
    >
      <MenuItem
        disabled={!metrics}
        onSelect={() => downloadText(fileName(...name, 'metrics.json'), 'application/json', `${JSON.stringify(metrics, null, 2)}\n`)}
      >
        Metrics as JSON
      </MenuItem>
      <MenuItem
        disabled={!list.complete}
        onSelect={() => downloadText(fileName(...name, 'scores.csv'), 'text/csv;charset=utf-8', scoresCsv(list.images, imageThresholds))}
      >
        Image scores as CSV
      </MenuItem>
      {zipUrl ? (
        <>
          <MenuSeparator />
          <MenuDownload href={zipUrl}>Everything as a zip, with maps as float32 TIFF</MenuDownload>
          <MenuDownload href={`${zipUrl}?maps=none`}>The same without maps</MenuDownload>
        </>
      ) : null}
      <MenuSeparator />
      <MenuLabel>One residual map: open its image</MenuLabel>
    </Menu>
  );
}
