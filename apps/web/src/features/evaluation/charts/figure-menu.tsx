'use client';

import { inScheme } from '@plumbline/ml/figures';
import { Download } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import { downloadBlob, downloadText, fileName } from '../download.ts';
import { picturePng } from './picture-png.ts';

interface FigureMenuProps {
  /** Gives the figure as an SVG document of packages/ml/figures. */
  readonly svg: () => string;
  /** Words of the file's name. */
  readonly name: readonly string[];
}

/** Takes a figure away as SVG, or as PNG on white. */
export function FigureMenu({ svg, name }: FigureMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" tone="quiet" aria-label={`Take away: ${name.join(' ')}`}>
          <Download />
        </Button>
      }
    >
      <MenuItem onSelect={() => downloadText(`${fileName(...name)}.svg`, 'image/svg+xml', svg())}>Figure as SVG</MenuItem>
      <MenuItem
        onSelect={() =>
          void picturePng(inScheme(svg(), 'light')).then(
            (png) => downloadBlob(`${fileName(...name)}.png`, png),
            () => toast.error('The browser could not draw the picture; take the SVG.'),
          )
        }
      >
        Figure as PNG
      </MenuItem>
    </Menu>
  );
}
