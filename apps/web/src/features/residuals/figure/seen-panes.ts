/** One pane as it stands on the screen, without the empty space around its picture. */
export interface SeenPane {
  readonly caption: string;
  /** From 0, among the panes on the screen. */
  readonly row: number;
  readonly column: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A PNG as data URL. */
  readonly picture: string;
  readonly legend: SeenLegend | null;
  /** Where the line between two variants stands, as a share of the picture's width; null where there is none in it. */
  readonly line: number | null;
}

/** A pane's colour scale, in the words that it has on the screen. */
export interface SeenLegend {
  readonly colours: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly threshold: string | null;
}

const legendOf = (pane: Element | null): SeenLegend | null => {
  const data = pane?.querySelector<HTMLElement>('[data-colours]')?.dataset;
  if (!data?.['colours']) return null;
  return {
    colours: data['colours'],
    minimum: data['minimum'] ?? '',
    maximum: data['maximum'] ?? '',
    threshold: data['threshold'] ?? null,
  };
};

/** A part of a canvas, in its pixels; right and bottom are exclusive. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The part that something is painted on; null while a canvas is empty. */
function paintedPart(canvas: HTMLCanvasElement): Part | null {
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, p = 3; data && y < height; y++)
    for (let x = 0; x < width; x++, p += 4) {
      if (data[p] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  return right === 0 ? null : { left, top, right, bottom };
}

function pictureOf(canvas: HTMLCanvasElement, { left, top, right, bottom }: Part): string {
  const part = document.createElement('canvas');
  [part.width, part.height] = [right - left, bottom - top];
  part.getContext('2d')?.drawImage(canvas, -left, -top);
  return part.toDataURL('image/png');
}

/** Where the line between two variants crosses the part, as a share of its width. */
function lineIn(canvas: HTMLCanvasElement, { left, right }: Part): number | null {
  const percent = canvas.closest('section')?.querySelector('[role="slider"]')?.getAttribute('aria-valuenow');
  if (percent === null || percent === undefined) return null;
  const share = ((Number(percent) / 100) * canvas.width - left) / (right - left);
  return share > 0 && share < 1 ? share : null;
}

/** The panes that are drawn inside an element, also those scrolled out of sight. Panes of one size are cut alike, so that they still show the same place. */
export function seenPanes(host: Element): SeenPane[] {
  const drawn = [...host.querySelectorAll<HTMLCanvasElement>('canvas[role="img"]')].flatMap((canvas) => {
    const part = canvas.width > 0 && canvas.height > 0 ? paintedPart(canvas) : null;
    return part ? [{ canvas, part, size: `${canvas.width} ${canvas.height}`, at: canvas.getBoundingClientRect() }] : [];
  });
  const common = new Map<string, Part>();
  for (const { size, part } of drawn) {
    const known = common.get(size) ?? part;
    common.set(size, {
      left: Math.min(known.left, part.left),
      top: Math.min(known.top, part.top),
      right: Math.max(known.right, part.right),
      bottom: Math.max(known.bottom, part.bottom),
    });
  }
  const places = (edge: 'left' | 'top'): number[] => [...new Set(drawn.map(({ at }) => Math.round(at[edge])))].sort((a, b) => a - b);
  const [columns, rows] = [places('left'), places('top')];
  return drawn.map(({ canvas, size, at }) => {
    const part = common.get(size)!;
    const perPixel = at.width / canvas.width;
    return {
      caption: (canvas.getAttribute('aria-label') ?? '').replace(' of the image', ''),
      row: rows.indexOf(Math.round(at.top)),
      column: columns.indexOf(Math.round(at.left)),
      width: (part.right - part.left) * perPixel,
      height: (part.bottom - part.top) * perPixel,
      picture: pictureOf(canvas, part),
      legend: legendOf(canvas.closest('section')),
      line: lineIn(canvas, part),
    };
  });
}
